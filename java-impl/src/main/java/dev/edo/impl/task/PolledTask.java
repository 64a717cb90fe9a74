package dev.edo.impl.task;

import dev.edo.runtime.TaskMeta;
import dev.edo.task.TaskId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A task in one of its polls.
 *
 * @param task the task
 * @param latencyNanos how long it had been waiting for the poll
 */
record PolledTask(Task<?> task, long latencyNanos) implements TaskMeta {
    @Override
    public TaskId id() {
        return task.id();
    }

    @Override
    public @Nullable String name() {
        return task.name();
    }

    @Override
    public boolean isDirectStyle() {
        return task.isDirectStyle();
    }

    @Override
    public @Nullable StackTraceElement spawnedAt() {
        return task.spawnedAt();
    }

    @Override
    public Duration scheduleLatency() {
        return Duration.ofNanos(latencyNanos);
    }

    @Override
    public @Nullable Throwable failure() {
        return null; // it has a poll before it
    }
}
