package dev.edo.impl.task;

import dev.edo.task.AbortHandle;
import dev.edo.task.TaskId;
import java.lang.ref.WeakReference;

/**
 * An abort handle that does not keep the task's result. A live task is reachable from its runtime, so one that
 * has been collected has ended.
 */
final class WeakAbortHandle implements AbortHandle {
    private final WeakReference<Task<?>> task;
    private final TaskId id;

    WeakAbortHandle(Task<?> task) {
        this.task = new WeakReference<>(task);
        this.id = task.id();
    }

    @Override
    public void abort() {
        var alive = task.get();
        if (alive != null) {
            alive.abort();
        }
    }

    @Override
    public boolean isFinished() {
        var alive = task.get();
        return alive == null || alive.isFinished();
    }

    @Override
    public TaskId id() {
        return id;
    }
}
