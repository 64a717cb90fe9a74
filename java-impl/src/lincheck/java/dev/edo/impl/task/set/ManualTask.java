package dev.edo.impl.task.set;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.task.AbortHandle;
import dev.edo.task.JoinHandle;
import dev.edo.task.TaskId;
import org.jspecify.annotations.Nullable;

/** A task that is ended by hand, with the join protocol of the real ones. */
final class ManualTask implements JoinHandle<Integer> {
    private final TaskId id;
    private volatile boolean complete;
    private volatile @Nullable Waker waker;

    ManualTask(int number) {
        id = new TaskId(number);
    }

    /** Ends it; called once. */
    void end() {
        complete = true;
        var joiner = waker;
        if (joiner != null) {
            joiner.wake();
        }
    }

    @Override
    public Poll<Integer> poll(Context cx) {
        if (!complete) {
            waker = cx.waker();
            if (!complete) {
                return Poll.pending();
            }
        }
        return Poll.ready((int) id.value());
    }

    @Override
    public void cancel() {
        waker = null;
    }

    @Override
    public void abort() {}

    @Override
    public AbortHandle abortHandle() {
        return this;
    }

    @Override
    public boolean isFinished() {
        return complete;
    }

    @Override
    public TaskId id() {
        return id;
    }
}
