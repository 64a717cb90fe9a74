package dev.edo.impl.io;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts its calls. */
final class CountingWaker implements Waker {
    final AtomicInteger wakes = new AtomicInteger();
    final Context cx = Context.of(this);

    @Override
    public void wake() {
        wakes.incrementAndGet();
    }
}
