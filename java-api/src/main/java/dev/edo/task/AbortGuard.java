package dev.edo.task;

import java.util.Objects;

/**
 * Aborts a task when it is closed, unless it was detached before: an {@link AbortOnDrop} for a task whose result
 * belongs to somebody else, such as a {@link JoinSet}, or to nobody.
 *
 * <pre>{@code
 * try (var refresh = new AbortGuard(Edo.spawn(() -> refreshForEver(cache)))) {
 *     serve(cache); // whatever it throws, the refreshing stops
 * }
 * }</pre>
 *
 * <p>Belongs to one task at a time; only {@link #abort()} and the questions are for everybody.
 *
 * @see <a href="https://docs.rs/tokio-util/latest/tokio_util/task/struct.AbortOnDrop.html">
 *     tokio_util::task::AbortOnDrop</a>
 */
public final class AbortGuard implements AbortHandle, AutoCloseable {
    private final AbortHandle task;
    private boolean detached;

    /**
     * Guards a task.
     *
     * @param task the task, which may have ended
     */
    public AbortGuard(AbortHandle task) {
        this.task = Objects.requireNonNull(task, "task");
    }

    /**
     * Lets {@link #close} do nothing.
     *
     * @return the task's handle
     */
    public AbortHandle detach() {
        detached = true;
        return task;
    }

    /** Aborts the task, unless it has ended or was detached. Idempotent. */
    @Override
    public void close() {
        if (!detached) {
            task.abort();
        }
    }

    @Override
    public void abort() {
        task.abort();
    }

    @Override
    public boolean isFinished() {
        return task.isFinished();
    }

    @Override
    public TaskId id() {
        return task.id();
    }

    @Override
    public String toString() {
        return task.toString();
    }
}
