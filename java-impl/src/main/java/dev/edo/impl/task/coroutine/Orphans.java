package dev.edo.impl.task.coroutine;

import dev.edo.impl.runtime.RuntimeConfig;
import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.impl.scheduler.Schedulable;
import dev.edo.impl.scheduler.Scheduler;
import dev.edo.impl.scheduler.ThreadContext;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Carries virtual threads whose runtime has ended, and those that a stuck runtime cannot mount. One that became
 * runnable too late for the runtime's last turn may be the next owner of a lock, or the thread that somebody joins:
 * were it never mounted again, the rest of the program would wait for it for ever.
 *
 * <p>The threads belong to the JVM, are started on demand and end after a moment without work.
 */
final class Orphans {
    /** Enough for some of them to be blocked in turn; the others wait in the queue. */
    private static final int THREADS = 16;
    private static final long KEEP_ALIVE_MILLIS = 100;

    private static final ThreadPoolExecutor CARRIERS = new ThreadPoolExecutor(
            THREADS, THREADS, KEEP_ALIVE_MILLIS, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("edo-orphans").factory());

    static {
        CARRIERS.allowCoreThreadTimeOut(true);
    }

    private Orphans() {}

    /** Runs what its scheduler will not, on a thread that is inside of its runtime. */
    static void run(RuntimeHandle handle, Scheduler scheduler, Schedulable task) {
        CARRIERS.execute(() -> {
            var context = ThreadContext.ofPlatformThread();
            context.handle = handle;
            try {
                task.run(context, RuntimeConfig.TASK_BUDGET);
            } finally {
                context.handle = null;
                scheduler.ranElsewhere();
            }
        });
    }
}
