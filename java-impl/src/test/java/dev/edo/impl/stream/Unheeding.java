package dev.edo.impl.stream;

import java.util.concurrent.Flow;

/** A subscriber that asks for nothing and does nothing. */
final class Unheeding<T> implements Flow.Subscriber<T> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {}

    @Override
    public void onNext(T element) {}

    @Override
    public void onError(Throwable thrown) {}

    @Override
    public void onComplete() {}
}
