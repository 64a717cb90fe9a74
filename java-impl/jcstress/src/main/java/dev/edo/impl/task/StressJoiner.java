package dev.edo.impl.task;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;

/** Polls a join handle and puts what it gets into a number. */
final class StressJoiner {
    static final int PENDING = -1;

    private StressJoiner() {}

    /** The output, 0 for an output that is not there, or PENDING. */
    static int poll(JoinHandle<Integer> task, Waker waker) {
        try {
            if (task.poll(Context.of(waker)) instanceof Poll.Ready<Integer> ready) {
                Integer value = ready.value();
                return value == null ? 0 : value;
            }
            return PENDING;
        } catch (JoinError e) {
            throw new AssertionError("the task did not fail", e);
        }
    }
}
