package dev.edo.stream;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts its calls. */
final class CountingWaker implements Waker {
    private final AtomicInteger wakes = new AtomicInteger();
    private final Context context = Context.of(this);

    @Override
    public void wake() {
        wakes.incrementAndGet();
    }

    int wakes() {
        return wakes.get();
    }

    /** How often it was called since this was asked last. */
    int takeWakes() {
        return wakes.getAndSet(0);
    }

    Context context() {
        return context;
    }
}
