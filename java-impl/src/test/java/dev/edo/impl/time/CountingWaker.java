package dev.edo.impl.time;

import dev.edo.future.Waker;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often it was woken. */
final class CountingWaker implements Waker {
    private final AtomicInteger wakes = new AtomicInteger();

    @Override
    public void wake() {
        wakes.incrementAndGet();
    }

    int wakes() {
        return wakes.get();
    }
}
