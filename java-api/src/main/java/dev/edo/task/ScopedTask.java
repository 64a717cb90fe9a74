package dev.edo.task;

import java.lang.ref.WeakReference;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A task of a {@link Scope}.
 *
 * <p>{@code previous}, {@code next} and {@code linked} are guarded by the scope's lock: the list of
 * running tasks, and after the end that of failed ones.
 *
 * @param <T> the type of the task's result
 */
final class ScopedTask<T extends @Nullable Object> extends WatchedTask<T> {
    @Nullable ScopedTask<?> previous;
    @Nullable ScopedTask<?> next;

    /** Whether it was on the list of running tasks. */
    boolean linked;

    private final Scope scope;

    /** Whether somebody wanted it to end: then being cancelled is no failure. */
    private volatile boolean unwanted;

    /** Written before the scope hears of it. */
    private @Nullable JoinError error;

    ScopedTask(Scope scope, JoinHandle<T> task) {
        super(task);
        this.scope = scope;
    }

    @Override
    void ended(JoinResult<T> result) {
        boolean failure = false;
        if (result instanceof JoinResult.Failed<T>(var why)) {
            error = why;
            failure = why.isPanic() || !unwanted;
        }
        scope.taskEnded(this, failure);
    }

    @Override
    void over() {
        scope.leave();
    }

    /** What a failed task failed with. */
    JoinError error() {
        return Objects.requireNonNull(error);
    }

    @Override
    public void abort() {
        abortByScope();
    }

    @Override
    public AbortHandle abortHandle() {
        return new OnPurpose(super.abortHandle(), new WeakReference<>(this));
    }

    /**
     * Aborts as the handle does, and does not keep it, which has the result. It is the waker of its task, so one that
     * has been collected has ended.
     *
     * @param task the task
     * @param handle to abort by
     */
    private record OnPurpose(AbortHandle task, WeakReference<ScopedTask<?>> handle) implements AbortHandle {
        @Override
        public void abort() {
            var alive = handle.get();
            if (alive != null) {
                alive.abort();
            }
        }

        @Override
        public boolean isFinished() {
            return task.isFinished();
        }

        @Override
        public TaskId id() {
            return task.id();
        }
    }

    void abortByScope() {
        unwanted = true;
        super.abort();
    }
}
