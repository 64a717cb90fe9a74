package dev.edo.task;

import dev.edo.spi.EdoProvider;
import org.jspecify.annotations.Nullable;

/**
 * Names a task among all tasks alive in this JVM; an id may be used again after its task ended.
 *
 * <pre>{@code
 * IO.println("task " + TaskId.current() + " serves " + peer);
 * }</pre>
 *
 * @param value the number, from 1
 * @see <a href="https://docs.rs/tokio/latest/tokio/task/struct.Id.html">tokio::task::Id</a>
 */
public record TaskId(long value) {
    /**
     * The id of the task that calls.
     *
     * @return the id
     * @throws IllegalStateException outside a task
     */
    public static TaskId current() {
        var id = tryCurrent();
        if (id == null) {
            throw new IllegalStateException("no task runs on this thread; call TaskId.current() inside a"
                    + " spawned task, or use TaskId.tryCurrent()");
        }
        return id;
    }

    /** {@return the id of the task that calls, or null outside a task} */
    public static @Nullable TaskId tryCurrent() {
        return EdoProvider.get().currentTaskId();
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
