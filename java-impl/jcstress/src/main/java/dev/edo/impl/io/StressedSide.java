package dev.edo.impl.io;

import dev.edo.future.Context;
import dev.edo.future.Waker;

/** One side of a pipe, and whether it was woken. */
final class StressedSide implements Waker {
    final Context cx = Context.of(this);
    volatile boolean woken;

    @Override
    public void wake() {
        woken = true;
    }
}
