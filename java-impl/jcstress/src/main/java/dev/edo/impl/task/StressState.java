package dev.edo.impl.task;

import dev.edo.impl.scheduler.ThreadContext;

/** A state word and nothing else; a new one is queued. */
final class StressState extends TaskState {
    /** One that waits for its waker. */
    static StressState waiting() {
        var state = running();
        state.toIdle();
        return state;
    }

    /** One that is being polled. */
    static StressState running() {
        var state = new StressState();
        state.toRunning();
        return state;
    }

    @Override
    public int run(ThreadContext context, int budget) {
        throw new AssertionError("a bare state was run");
    }
}
