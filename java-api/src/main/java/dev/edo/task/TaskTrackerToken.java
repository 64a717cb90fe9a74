package dev.edo.task;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Counts as one task of a {@link TaskTracker} while it is open: for work that is no task.
 *
 * <pre>{@code
 * try (var token = tracker.token()) {
 *     flush();
 * }
 * }</pre>
 *
 * @see <a
 *     href="https://docs.rs/tokio-util/latest/tokio_util/task/task_tracker/struct.TaskTrackerToken.html">
 *     tokio_util::task::task_tracker::TaskTrackerToken</a>
 */
public final class TaskTrackerToken implements AutoCloseable {
    private final TaskTracker tracker;
    private final AtomicBoolean closed = new AtomicBoolean();

    TaskTrackerToken(TaskTracker tracker) {
        this.tracker = tracker;
    }

    /** {@return the tracker that counts this token} */
    public TaskTracker tracker() {
        return tracker;
    }

    /** Stops counting. Idempotent, and allowed on any thread. */
    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            tracker.leave();
        }
    }
}
