package dev.edo.impl.task;

import dev.edo.impl.runtime.ThreadHooks;
import dev.edo.impl.scheduler.Histogram;
import dev.edo.impl.scheduler.ThreadContext;
import dev.edo.runtime.TaskMeta;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a runtime was built with to be told, or to count, of its tasks.
 *
 * @param onSpawn where a task is spawned
 * @param onTerminate where it ended
 * @param beforePoll on the worker, before each poll
 * @param afterPoll on the worker, after each poll
 * @param tellsPlace whether they are told where the task was spawned
 * @param tellsLatency whether those around a poll are told how long the task had been waiting for it
 * @param latencies where it is counted how long tasks wait for a poll, one for each worker; or null
 */
public record TaskHooks(
        @Nullable Consumer<TaskMeta> onSpawn,
        @Nullable Consumer<TaskMeta> onTerminate,
        @Nullable Consumer<TaskMeta> beforePoll,
        @Nullable Consumer<TaskMeta> afterPoll,
        boolean tellsPlace,
        boolean tellsLatency,
        Histogram @Nullable [] latencies) {
    /** No callbacks, and nothing counted. */
    public static final TaskHooks NONE = new TaskHooks(null, null, null, null, false, false, null);

    /** Whether it has to be known for how long tasks wait. */
    public boolean timesWaits() {
        return tellsLatency || latencies != null;
    }

    /** Counts a wait, on the thread that polls. */
    void countLatency(ThreadContext context, long nanos) {
        if (latencies != null) {
            var worker = context.worker;
            latencies[worker == null ? 0 : worker.index()].record(nanos); // null: a current-thread runtime
        }
    }

    /** Calls a hook; what it throws goes to the thread's uncaught-exception handler, never to the scheduler. */
    public static void call(@Nullable Consumer<TaskMeta> hook, TaskMeta meta) {
        if (hook != null) {
            try {
                hook.accept(meta);
            } catch (Throwable t) {
                ThreadHooks.report(t);
            }
        }
    }
}
