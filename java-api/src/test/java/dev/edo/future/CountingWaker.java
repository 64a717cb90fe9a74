package dev.edo.future;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts its calls. */
final class CountingWaker implements Waker {
    private final AtomicInteger wakes = new AtomicInteger();

    @Override
    public void wake() {
        wakes.incrementAndGet();
    }

    int wakes() {
        return wakes.get();
    }

    Context context() {
        return Context.of(this);
    }
}
