package dev.edo.task;

import org.jspecify.annotations.Nullable;

/**
 * Why a task has no result: it was cancelled, or it panicked, that is, threw.
 *
 * <pre>{@code
 * try {
 *     return task.await();
 * } catch (JoinError e) {
 *     return e.isCancelled() ? Answer.NONE : Answer.failed(e.getCause());
 * }
 * }</pre>
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/task/struct.JoinError.html">tokio::task::JoinError</a>
 */
public final class JoinError extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient TaskId id;

    private JoinError(TaskId id, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.id = id;
    }

    /**
     * For implementations: the error of a task that was aborted or dropped at shutdown.
     *
     * @param id the task
     * @return the error
     */
    public static JoinError cancelled(TaskId id) {
        return new JoinError(id, "task " + id + " was cancelled", null);
    }

    /**
     * For implementations: the error of a task that threw.
     *
     * @param id the task
     * @param cause what it threw
     * @return the error
     */
    public static JoinError panicked(TaskId id, Throwable cause) {
        return new JoinError(id, "task " + id + " panicked: " + textOf(cause), cause);
    }

    private static String textOf(Throwable cause) {
        try {
            return cause.toString();
        } catch (RuntimeException | Error e) { // its message throws: the failure is that of the task, not of who asks
            return cause.getClass().getName();
        }
    }

    /** {@return whether the task was cancelled: aborted, or dropped at shutdown} */
    public boolean isCancelled() {
        return getCause() == null;
    }

    /** {@return whether the task threw; {@link #getCause()} is what it threw} */
    public boolean isPanic() {
        return getCause() != null;
    }

    /** {@return the task} */
    public TaskId id() {
        return id;
    }
}
