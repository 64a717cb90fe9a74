package dev.edo.impl.task;

import dev.edo.impl.scheduler.ThreadContext;

/** A state word and nothing else; a new one is queued. */
final class StateUnderTest extends TaskState {
    @Override
    public int run(ThreadContext context, int budget) {
        throw new AssertionError("a bare state was run");
    }
}
