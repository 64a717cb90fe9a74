package dev.edo.impl.scheduler.currentthread;

import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.impl.driver.Park;
import dev.edo.impl.runtime.RuntimeConfig;
import dev.edo.impl.runtime.ThreadHooks;
import dev.edo.impl.scheduler.Defer;
import dev.edo.impl.scheduler.Histogram;
import dev.edo.impl.scheduler.InterruptWake;
import dev.edo.impl.scheduler.LookOut;
import dev.edo.impl.scheduler.Schedulable;
import dev.edo.impl.scheduler.ThreadContext;
import dev.edo.impl.task.StacklessTask;
import dev.edo.impl.task.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What runs the tasks of a current-thread runtime: the queue and the right to use the drivers.
 *
 * <p>Algorithm: take a task from the own queue, now and then the inject queue first; without any, sleep in the drivers.
 * After {@code eventInterval} tasks, or when one that yielded to the drivers is next, look at these without sleeping.
 * While few jobs of the blocking pool are under way, look out for their ends before sleeping, and at the drivers meanwhile.
 *
 * <p>Invariants: all of it is for the thread that {@link CoreLock} names, but for what it says that others look at.
 *
 * <p>Origin: {@code Core} of Tokio's {@code scheduler/current_thread}.
 */
public final class Core {
    private static final int DEFAULT_GLOBAL_QUEUE_INTERVAL = 31;

    /** With jobs that take long, one sleep in so many (a power of two) is looked out before. */
    private static final int LOOK_OUT_MISSES = 6;

    final CurrentThreadStats stats = new CurrentThreadStats();

    /** How long polls take, or null where that is not counted. */
    final @Nullable Histogram pollTimes;

    private final CurrentThread scheduler;
    private final RuntimeConfig config;
    private final Park driver;
    private final LookOut lookOut;
    private final InterruptWake interrupts;
    private final ArrayDeque<Schedulable> queue = new ArrayDeque<>();
    private final Defer defer = new Defer();
    private final int globalQueueInterval;

    /** How many more tasks before it takes one from the inject queue first. */
    private int untilInject;

    /** Whether tasks yielded to the drivers since these were looked at, and how many are ahead of the first of them. */
    private boolean yielded;
    private int aheadOfYielded;

    /** Whether the holder is inside a task or the poll of its own future; for the watch, which samples it. */
    private boolean running;

    /** Of the thread that holds it or did so last; for dumps, which sample it. */
    private @Nullable ThreadContext driving;

    Core(CurrentThread scheduler, RuntimeConfig config, Park driver) {
        this.scheduler = scheduler;
        this.config = config;
        this.driver = driver;
        this.lookOut = new LookOut(LOOK_OUT_MISSES, () -> driver.park(0));
        this.interrupts = new InterruptWake(driver::unpark);
        var pollTimeBuckets = config.pollTimes();
        this.pollTimes = pollTimeBuckets == null ? null : new Histogram(pollTimeBuckets);
        this.globalQueueInterval =
                config.globalQueueInterval() > 0 ? config.globalQueueInterval() : DEFAULT_GLOBAL_QUEUE_INTERVAL;
        this.untilInject = globalQueueInterval;
    }

    public CurrentThread scheduler() {
        return scheduler;
    }

    // --- who drives

    /** The calling thread, whose context this is, is about to drive; {@link #leave} is to follow. */
    void enter(ThreadContext context) {
        stats.startDriving();
        enterToEnd(context);
    }

    /** The calling thread is about to end the tasks; {@link #leave} is to follow. */
    void enterToEnd(ThreadContext context) {
        if (driving != context) {
            driving = context; // seldom: a store of a reference costs a fence
        }
    }

    /** The task that the holder runs, or null; to any other thread a view of some moment ago. */
    @Nullable Task<?> task() {
        var context = driving;
        return context == null ? null : context.task;
    }

    void leave() {
        interrupts.unwatch();
        stats.endBusy();
    }

    /** The holder is about to mount a virtual thread: a task's, one that a task started, or one of a local set. */
    public void beforeMount() {
        interrupts.beforeMount();
    }

    /** Has an interrupt of the holder in its status again, which a virtual thread may have cleared. */
    void restoreInterrupt() {
        interrupts.restore();
    }

    /** Whether the holder runs something that may block; for the watch. */
    boolean isRunning() {
        return running;
    }

    // --- running

    /** Polls the future of the blockOn that drives; it may block in a lock, as a task may. */
    <T extends @Nullable Object> Poll<T> pollOwn(Future<T> future, BlockOn blockOn) throws Exception {
        running = true;
        try {
            return future.poll(blockOn);
        } finally {
            running = false;
        }
    }

    /** Runs tasks, inside of their own runtime, whichever one the closure that waits has entered by hand. */
    void runTasks(ThreadContext context, BlockOn blockOn) {
        stats.startBusy();
        var entered = context.handle;
        if (entered == context.blockingOn) { // as most often: a store of a reference costs a fence
            runUntilDrivers(context, blockOn);
            return;
        }
        context.handle = context.blockingOn;
        try {
            runUntilDrivers(context, blockOn);
        } finally {
            context.handle = entered;
        }
    }

    private void runUntilDrivers(ThreadContext context, BlockOn blockOn) {
        for (int i = 0; i < config.eventInterval(); i++) {
            if (scheduler.isShutdown()) {
                return;
            }
            if (yielded && aheadOfYielded <= 0) {
                break;
            }
            var task = nextTask();
            if (task == null) {
                if (defer.isEmpty() && !blockOn.isWoken()) {
                    park(blockOn);
                } else {
                    poll();
                }
                return;
            }
            run(context, task);
        }
        poll();
    }

    private void run(ThreadContext context, Schedulable task) {
        stats.polls++;
        context.inScheduler = true;
        running = true;
        try {
            if (pollTimes == null) {
                task.run(context, RuntimeConfig.TASK_BUDGET);
            } else {
                long startNanos = System.nanoTime();
                task.run(context, RuntimeConfig.TASK_BUDGET);
                pollTimes.record(System.nanoTime() - startNanos);
            }
        } finally {
            running = false;
            context.inScheduler = false;
        }
    }

    private @Nullable Schedulable nextTask() {
        if (--untilInject == 0) {
            untilInject = globalQueueInterval;
            var task = scheduler.inject.pop();
            return task != null ? task : nextLocal();
        }
        var task = nextLocal();
        return task != null ? task : scheduler.inject.pop();
    }

    private @Nullable Schedulable nextLocal() {
        aheadOfYielded--;
        return queue.poll();
    }

    // --- sleeping

    private void park(BlockOn blockOn) {
        ThreadHooks.call(config.threadHooks().onPark());
        if (!hasWork(blockOn)) {
            stats.aboutToPark();
            yielded = false;
            if (scheduler.jobs().areFew() && lookOut.until(() -> isAwaited(blockOn))) {
                driver.park(0); // takes the wake-up out, and keeps the drivers waiting no longer
            } else {
                interrupts.watch();
                driver.park(Park.FOREVER);
            }
            defer.wake();
            stats.unparked();
        } else {
            poll(); // the hook made work, which must not keep the drivers waiting where it always does
        }
        ThreadHooks.call(config.threadHooks().onUnpark());
    }

    private boolean hasWork(BlockOn blockOn) {
        return !queue.isEmpty() || !scheduler.inject.isEmpty() || !defer.isEmpty() || blockOn.isWoken();
    }

    /**
     * Whether there is any reason to wake up. Whoever looks at the drivers before it sleeps has to ask for all of them:
     * the token that tells of a shutdown or an interrupt, too, may be gone.
     */
    private boolean isAwaited(BlockOn blockOn) {
        return hasWork(blockOn) || scheduler.isShutdown() || interrupts.isNoted();
    }

    private void poll() {
        yielded = false;
        stats.stillBusy();
        driver.park(0);
        defer.wake();
    }

    /** Ends the sleep of whoever drives, or the next one; from any thread. */
    void unpark() {
        driver.unpark();
    }

    // --- scheduling

    void schedule(Schedulable task) {
        stats.localSchedules++;
        queue.add(task);
    }

    /** The same, and looks at the drivers before its turn comes. */
    void yieldToDrivers(Schedulable task) {
        if (!yielded) {
            yielded = true;
            aheadOfYielded = queue.size();
        }
        schedule(task);
    }

    void defer(Waker waker) {
        defer.defer(waker);
    }

    /** How many are in the queue; for metrics. */
    int queueDepth() {
        return queue.size();
    }

    // --- ending

    /** Lets what is runnable end; what keeps running all the same is cut off, and stays in its queue. */
    void drain(ThreadContext context) {
        long limit = 64 * scheduler.owned().aliveCount() + 4096;
        for (long i = 0; i < limit; i++) {
            var task = nextTask();
            if (task != null) {
                run(context, task);
            } else if (!scheduler.inject.isEmpty()) {
                i--;
                Thread.yield(); // the watch is taking from it, or somebody has still to link what is behind
            } else if (defer.isEmpty()) {
                return;
            } else {
                defer.wake(); // the drivers, after which it would be, are not looked at any more
            }
        }
        defer.wake();
    }

    /**
     * Drops the stackless tasks in the queues: nobody polls them, and one that has not waited yet, or was to be polled
     * again, is on no list or cannot be ended from outside.
     *
     * @return the others, which unwind when somebody drains the queues
     */
    List<Schedulable> dropStackless() {
        var directStyle = new ArrayList<Schedulable>();
        for (var task = nextTask(); task != null; task = nextTask()) {
            if (task instanceof StacklessTask) {
                task.drop();
            } else {
                directStyle.add(task);
            }
        }
        return directStyle;
    }

    /** Drops what was cut off. */
    void dropRest() {
        for (var task = queue.poll(); task != null; task = queue.poll()) {
            task.drop();
        }
    }

    void shutDownDrivers() {
        driver.shutdown();
    }
}
