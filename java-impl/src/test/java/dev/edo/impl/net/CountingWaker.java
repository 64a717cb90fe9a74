package dev.edo.impl.net;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import java.util.concurrent.atomic.AtomicInteger;

/** Polls by hand: a context whose waker counts. */
final class CountingWaker implements Waker {
    private final AtomicInteger wakes = new AtomicInteger();
    final Context cx = Context.of(this);

    @Override
    public void wake() {
        wakes.incrementAndGet();
    }

    int wakes() {
        return wakes.get();
    }
}
