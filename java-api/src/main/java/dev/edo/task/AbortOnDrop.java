package dev.edo.task;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A task that must not outlive who waits for it: giving up, be it by {@link #close()} or by
 * {@link #cancel()} as the loser of a select, aborts the task.
 *
 * <pre>{@code
 * try (var lookup = new AbortOnDrop<>(Edo.spawn(() -> lookUp(name)))) {
 *     return lookup.timeout(Duration.ofSeconds(1)).await();
 * }
 * }</pre>
 *
 * <p><em>Cancel safety:</em> none, on purpose.
 *
 * <p>For a task whose result belongs to somebody else there is {@link AbortGuard}.
 *
 * @param <T> the type of the task's result
 * @see <a href="https://docs.rs/tokio-util/latest/tokio_util/task/struct.AbortOnDropHandle.html">
 *     tokio_util::task::AbortOnDropHandle</a>
 */
public final class AbortOnDrop<T extends @Nullable Object> implements JoinHandle<T>, AutoCloseable {
    private final JoinHandle<T> task;
    private boolean detached;

    /**
     * Takes a task over.
     *
     * @param task nobody else awaits it
     */
    public AbortOnDrop(JoinHandle<T> task) {
        this.task = Objects.requireNonNull(task, "task");
    }

    /**
     * Gives the task back, which nothing here will abort any more.
     *
     * @return its handle
     */
    public JoinHandle<T> detach() {
        detached = true;
        return task;
    }

    @Override
    public Poll<T> poll(Context cx) throws JoinError {
        return task.poll(cx);
    }

    /** Stops waiting and aborts the task, unless it was detached. */
    @Override
    public void cancel() {
        if (!detached) {
            task.cancel();
            task.abort();
        }
    }

    /** Aborts the task, unless it has ended or was detached. Idempotent. */
    @Override
    public void close() {
        cancel();
    }

    @Override
    public void abort() {
        task.abort();
    }

    @Override
    public AbortHandle abortHandle() {
        return task.abortHandle();
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
