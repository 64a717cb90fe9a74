package dev.edo.runtime;

import dev.edo.task.TaskId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A task in a {@link Dump}.
 *
 * <pre>{@code
 * for (var task : dump.tasks()) {
 *     if (task.state() == DumpedTask.State.RUNNING) {
 *         IO.println(task.thread() + " is kept busy by " + task);
 *     }
 * }
 * }</pre>
 *
 * @param id the task's id
 * @param name the name that it was given, or null
 * @param isDirectStyle whether it is a virtual thread rather than a stackless future
 * @param spawnedAt the place that spawned it; null in a runtime without
 *     {@link RuntimeBuilder#trackTaskSpawnLocation()}
 * @param state what it was doing
 * @param thread the name of the thread that it was running on, or null
 * @param trace where it waits; of one that keeps a thread, the thread's stack; null where it did not come round within
 *     the limit of the dump
 * @see <a href="https://docs.rs/tokio/latest/tokio/runtime/dump/struct.Task.html">tokio::runtime::dump::Task</a>
 */
public record DumpedTask(
        TaskId id,
        @Nullable String name,
        boolean isDirectStyle,
        @Nullable StackTraceElement spawnedAt,
        State state,
        @Nullable String thread,
        @Nullable Trace trace) {
    /** What a task was doing. */
    public enum State {
        /** Its code was running, or blocked a thread. */
        RUNNING,

        /** It was in a queue, for its turn. */
        RUNNABLE,

        /** It was waiting to be woken. */
        WAITING;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@return all of it as text, for people; the form may change} */
    @Override
    public String toString() {
        var text = new StringBuilder("task ").append(id);
        if (name != null) {
            text.append(" \"").append(name).append('"');
        }
        text.append(isDirectStyle ? " in direct style, " : " stackless, ").append(state);
        if (thread != null) {
            text.append(" on \"").append(thread).append('"');
        }
        if (spawnedAt != null) {
            text.append(", spawned at ").append(Trace.describe(spawnedAt));
        }
        String where = trace == null ? "(not traced: it did not come round in time)" : trace.toString();
        return text.append('\n').append(where.indent(4).stripTrailing()).toString();
    }
}
