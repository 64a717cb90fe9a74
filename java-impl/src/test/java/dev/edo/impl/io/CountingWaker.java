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

    /** A context for one poll, in the middle of which something happens: where the waker is asked for once more. */
    Context interruptedAt(int moment, Runnable event) {
        var asked = new AtomicInteger();
        return () -> {
            if (asked.getAndIncrement() == moment) {
                event.run();
            }
            return this;
        };
    }
}
