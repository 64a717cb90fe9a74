package dev.edo.impl.task;

import dev.edo.runtime.TaskMeta;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The callbacks a runtime was built with.
 *
 * @param onSpawn where a task is spawned
 * @param onTerminate where it ended
 * @param beforePoll on the worker, before each poll
 * @param afterPoll on the worker, after each poll
 * @param tracksLatency whether those around a poll are told how long the task had been waiting for it
 */
public record TaskHooks(
        @Nullable Consumer<TaskMeta> onSpawn,
        @Nullable Consumer<TaskMeta> onTerminate,
        @Nullable Consumer<TaskMeta> beforePoll,
        @Nullable Consumer<TaskMeta> afterPoll,
        boolean tracksLatency) {
    /** No callbacks. */
    public static final TaskHooks NONE = new TaskHooks(null, null, null, null, false);

    /** Calls a hook; what it throws goes to the thread's uncaught-exception handler, never to the scheduler. */
    public static void call(@Nullable Consumer<TaskMeta> hook, TaskMeta meta) {
        if (hook != null) {
            try {
                hook.accept(meta);
            } catch (Throwable t) {
                var thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, t);
            }
        }
    }
}
