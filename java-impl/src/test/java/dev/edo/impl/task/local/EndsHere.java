package dev.edo.impl.task.local;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.task.TaskId;
import java.util.List;

/**
 * Never completes; notes the thread and the task in which it is cancelled.
 *
 * @param ends gets both
 */
record EndsHere(List<Object> ends) implements Future<Integer> {
    @Override
    public Poll<Integer> poll(Context cx) {
        return Poll.pending();
    }

    @Override
    public void cancel() {
        ends.add(Thread.currentThread());
        ends.add(TaskId.current());
    }
}
