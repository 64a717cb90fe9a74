package dev.edo.runtime;

import dev.edo.task.TaskId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the task hooks are told about a task.
 *
 * <pre>{@code
 * var runtime = EdoRuntime.builder()
 *         .enableAll()
 *         .onTaskTerminate(task -> IO.println("task " + task.id() + " has ended"))
 *         .build();
 * }</pre>
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/runtime/struct.TaskMeta.html">tokio::runtime::TaskMeta</a>
 */
public interface TaskMeta {
    /** {@return the task's id} */
    TaskId id();

    /** {@return the name that the task was given by a {@link dev.edo.task.TaskBuilder}, or null} */
    @Nullable String name();

    /** {@return whether the task is a virtual thread rather than a stackless future} */
    boolean isDirectStyle();

    /**
     * The place in the program that spawned the task: the caller of {@code spawn}, or of a method
     * of Edo's that spawns.
     *
     * @return class, method, file and line; null where no code of the program was on the stack, and
     *     in a runtime without {@link RuntimeBuilder#trackTaskSpawnLocation()}
     */
    @Nullable StackTraceElement spawnedAt();

    /**
     * How long the task had been waiting for its turn when this poll of it began.
     *
     * @return the time since it was scheduled; null in the hooks that are not about a poll, and in
     *     a runtime with neither {@link RuntimeBuilder#trackTaskScheduleLatency()} nor
     *     {@link RuntimeBuilder#enableMetricsScheduleLatencyHistogram()}
     */
    @Nullable Duration scheduleLatency();

    /**
     * What the task threw. It goes to the join handle and nowhere else, so a runtime whose tasks are
     * spawned and forgotten logs it here:
     *
     * <pre>{@code
     * builder.onTaskTerminate(task -> {
     *     var failure = task.failure();
     *     if (failure != null) {
     *         LOG.log(ERROR, "task " + task.id() + " failed", failure);
     *     }
     * });
     * }</pre>
     *
     * @return in {@link RuntimeBuilder#onTaskTerminate}; null there where the task returned or was
     *     cancelled. Other hooks do not ask
     */
    @Nullable Throwable failure();
}
