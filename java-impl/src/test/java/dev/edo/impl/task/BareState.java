package dev.edo.impl.task;

import dev.edo.impl.scheduler.ThreadContext;

/** A state word and nothing else; a new one is queued. */
final class BareState extends TaskState {
    static BareState running() {
        var state = new BareState();
        state.toRunning();
        return state;
    }

    static BareState waiting() {
        var state = running();
        state.toIdle();
        return state;
    }

    static BareState complete() {
        var state = running();
        state.toComplete();
        return state;
    }

    @Override
    public int run(ThreadContext context, int budget) {
        throw new AssertionError("a bare state was run");
    }
}
