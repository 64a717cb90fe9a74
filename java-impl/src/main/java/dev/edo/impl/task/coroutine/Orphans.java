package dev.edo.impl.task.coroutine;

import dev.edo.impl.runtime.RuntimeConfig;
import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.impl.scheduler.Schedulable;
import dev.edo.impl.scheduler.Scheduler;
import dev.edo.impl.scheduler.ThreadContext;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Carries virtual threads whose runtime has ended, and those that a stuck runtime cannot mount. One that became
 * runnable too late for the runtime's last turn may be the next owner of a lock, or the thread that somebody joins:
 * were it never mounted again, the rest of the program would wait for it for ever.
 *
 * <p>The threads belong to the JVM, are started on demand and end after a moment without work. Where the system allows
 * no more threads, what was to run waits for those there are, or for the next one that can be started: another virtual
 * thread asks for one, or the watch of a runtime that is still stuck.
 */
public final class Orphans {
    /** Enough for some of them to be blocked in turn; the others wait in the queue. */
    private static final int THREADS = 16;
    private static final long KEEP_ALIVE_MILLIS = 100;

    private static final ThreadPoolExecutor CARRIERS =
            carriers(Thread.ofPlatform().daemon().name("edo-orphans").factory());

    private Orphans() {}

    static ThreadPoolExecutor carriers(ThreadFactory threads) {
        var carriers = new ThreadPoolExecutor(
                THREADS, THREADS, KEEP_ALIVE_MILLIS, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), threads);
        carriers.allowCoreThreadTimeOut(true);
        return carriers;
    }

    /** Runs what its scheduler will not, on a thread that is inside of its runtime. */
    static void run(RuntimeHandle handle, Scheduler scheduler, Schedulable task) {
        execute(CARRIERS, () -> {
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

    /** Never fails for want of a thread: who calls has taken the job from a queue, and may have more to do. */
    static void execute(ThreadPoolExecutor carriers, Runnable job) {
        try {
            carriers.execute(job);
        } catch (OutOfMemoryError e) { // which the JDK throws where it cannot start a thread
            var waiting = carriers.getQueue();
            if (!waiting.contains(job)) { // it may have got there before the thread was asked for
                waiting.add(job);
            }
        }
    }

    /** Starts a thread for what waits, if there is one now. */
    public static void startThread() {
        startThread(CARRIERS);
    }

    static void startThread(ThreadPoolExecutor carriers) {
        if (carriers.getQueue().isEmpty()) {
            return;
        }
        try {
            carriers.prestartCoreThread();
        } catch (OutOfMemoryError e) {
            return; // there is none yet
        }
    }
}
