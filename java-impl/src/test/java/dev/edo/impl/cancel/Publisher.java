package dev.edo.impl.cancel;

import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A publisher of one subscriber that sends when it is told to, and asked to. */
final class Publisher implements Flow.Publisher<Integer>, Flow.Subscription {
    private Flow.@Nullable Subscriber<? super Integer> subscriber;
    private long requested;
    private int given;
    private int sent;
    private boolean cancelled;
    private boolean completed;

    @Override
    public synchronized void subscribe(Flow.Subscriber<? super Integer> by) {
        subscriber = by;
        by.onSubscribe(this);
        send();
    }

    @Override
    public synchronized void request(long n) {
        requested += n;
        send();
    }

    @Override
    public synchronized void cancel() {
        cancelled = true;
    }

    /** Has one more number to send; after the last one it completes. */
    synchronized void give() {
        given++;
        send();
    }

    private void send() {
        var to = subscriber;
        while (to != null && !cancelled && sent < Math.min(Inputs.ALL.size(), Math.min(given, requested))) {
            sent++;
            to.onNext(Inputs.ALL.get(sent - 1));
        }
        if (to != null && !cancelled && !completed && given > Inputs.ALL.size() && sent == Inputs.ALL.size()) {
            completed = true;
            to.onComplete();
        }
    }

    synchronized boolean isLeft() {
        return cancelled || completed || subscriber == null;
    }

}
