package dev.edo.stream;

import dev.edo.future.Context;
import dev.edo.future.Waker;

/** Polls on behalf of somebody who does not wait. */
final class NoWaker implements Waker {
    static final Context CONTEXT = Context.of(new NoWaker());

    private NoWaker() {}

    @Override
    public void wake() {
        // nobody waits
    }
}
