package dev.edo.impl.runtime;

import dev.edo.impl.scheduler.ThreadContext;
import dev.edo.impl.scheduler.currentthread.Core;
import dev.edo.impl.task.StacklessTask;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Runs code that blocks inside a task: the worker goes on with another thread, this one belongs to the task until
 * its poll, or its mount, ends.
 *
 * <p>Origin: Tokio's {@code block_in_place}.
 */
final class BlockInPlace {
    private BlockInPlace() {}

    static <T extends @Nullable Object> T run(Callable<T> body) throws Exception {
        var context = ThreadContext.carrier();
        if (context == null || !context.inScheduler && !isDriving(context.core)) {
            return body.call(); // a handed-off thread, the blocking pool, or no runtime: blocking does no harm
        }
        var worker = context.worker;
        if (worker == null || context.local != null) {
            if (Thread.currentThread().isVirtual()) {
                return body.call(); // what blocks parks the thread, and the scheduler goes on
            }
            throw new IllegalStateException("blockInPlace in a poll by a LocalSet, or by a current-thread runtime,"
                    + " would stop all tasks of the thread; use spawnBlocking, or a task of a multi-thread runtime");
        }
        if (!worker.scheduler().isShutdown()) {
            worker.handOff(context);
        }
        return context.task instanceof StacklessTask<?> task ? callExempt(task, body) : body.call();
    }

    /** Inside, nobody waits for a turn on the thread, and the task has no budget to use up. */
    private static <T extends @Nullable Object> T callExempt(StacklessTask<?> task, Callable<T> body) throws Exception {
        boolean before = task.exempt(true);
        try {
            return body.call();
        } finally {
            task.exempt(before);
        }
    }

    /** Whether the thread polls the future of a {@code blockOn} and runs the tasks in between. */
    private static boolean isDriving(@Nullable Core core) {
        return core != null && !core.scheduler().isShutdown();
    }
}
