package dev.edo.impl.runtime;

import dev.edo.impl.scheduler.ThreadContext;
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
        if (context == null || !context.inScheduler && context.core == null) {
            return body.call(); // a handed-off thread, the blocking pool, or no runtime: blocking does no harm
        }
        var worker = context.worker;
        if (worker == null) {
            if (Thread.currentThread().isVirtual()) {
                return body.call(); // what blocks parks the thread, and the scheduler goes on
            }
            throw new IllegalStateException("blockInPlace in a task of a current-thread runtime, or in the poll of the"
                    + " future that blockOn is running, would stop all its tasks; use spawnBlocking, or a"
                    + " multi-thread runtime");
        }
        if (!worker.scheduler().isShutdown()) {
            worker.handOff(context);
        }
        return body.call();
    }
}
