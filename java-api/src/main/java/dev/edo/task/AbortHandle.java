package dev.edo.task;

/**
 * Ends a task from outside, without waiting for it. May be used from any thread.
 *
 * <pre>{@code
 * var refresh = Edo.spawn(() -> refreshForEver(cache)).abortHandle();
 * onExit(() -> refresh.abort());
 * }</pre>
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/task/struct.AbortHandle.html">tokio::task::AbortHandle</a>
 */
public interface AbortHandle {
    /**
     * Aborts the task: a stackless future is cancelled instead of being polled again; a task in direct style
     * is interrupted and sees {@link java.util.concurrent.CancellationException} at its next await, and at each one
     * after that: a loop around an await that goes on after any exception never ends. A task that already completed
     * keeps its result. A blocking job is dropped only if it has not started.
     */
    void abort();

    /** {@return whether the task has ended, for whatever reason} */
    boolean isFinished();

    /** {@return the task's id} */
    TaskId id();
}
