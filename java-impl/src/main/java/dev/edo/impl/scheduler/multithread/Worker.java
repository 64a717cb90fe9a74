package dev.edo.impl.scheduler.multithread;

import dev.edo.future.Waker;
import dev.edo.impl.libc.CpuAffinity;
import dev.edo.impl.natives.NativeThread;
import dev.edo.impl.runtime.RuntimeConfig;
import dev.edo.impl.runtime.ThreadHooks;
import dev.edo.impl.scheduler.Defer;
import dev.edo.impl.scheduler.FastRand;
import dev.edo.impl.scheduler.Histogram;
import dev.edo.impl.scheduler.Schedulable;
import dev.edo.impl.scheduler.StuckWatch;
import dev.edo.impl.scheduler.ThreadContext;
import dev.edo.impl.task.Task;
import dev.edo.internal.LeadingPad;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One worker: its queue, its LIFO slot, its parker, and the loop that a thread runs to drive it.
 *
 * <p>Algorithm: take a task from the LIFO slot, the own queue, now and then the shared queue first; without any,
 * steal; without that, sleep. After {@code eventInterval} of such rounds look at the drivers without sleeping.
 *
 * <p>Invariants: one thread drives a worker at a time. {@code ThreadContext.worker} of that thread is this worker;
 * {@link #handOff} clears it and lets another thread go on, after which the first one touches nothing here.
 *
 * <p>Origin: Tokio's {@code multi_thread/worker.rs}, whose {@code Worker} and {@code Core} are one object here.
 */
public final class Worker extends LeadingPad implements Runnable {
    private static final VarHandle LIFO_SLOT;

    static {
        try {
            LIFO_SLOT = MethodHandles.lookup().findVarHandle(Worker.class, "lifoSlot", Schedulable.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** How often in a row the LIFO slot is served before it is left to the queue. */
    private static final int MAX_LIFO_POLLS = 3;

    /** Timers should not be late by the kernel's habit of batching them. */
    private static final long TIMER_SLACK_NANOS = 1_000;

    /** What fails each time, as the system may, is not tried without pause. */
    private static final long AFTER_FAILURE_NANOS = 1_000_000;

    final MultiThread shared;
    final LocalQueue queue;
    final Parker parker;
    final WorkerStats stats = new WorkerStats();

    /** How long polls take, or null where that is not counted. */
    final @Nullable Histogram pollTimes;

    private final int index;
    private final boolean observed;
    private final RuntimeConfig config;
    /** Whom to steal from. */
    private final FastRand rand;

    /** For what the tasks poll; apart from the other, since nothing repeats when and how often a worker steals. */
    private final FastRand taskRand;

    private final Defer defer = new Defer();
    /** Others look at it when they shut down. */
    private @Nullable Schedulable lifoSlot;

    private boolean lifoEnabled;
    private boolean searching;
    /** Whether it is said to sleep, be it that somebody has picked it since. */
    private boolean sleeping;

    /** Whether it is in the drivers, or about to be. */
    private boolean parked;
    /** Whether it was in the drivers when it last looked at them. */
    private boolean leftDrivers;
    private int globalQueueInterval;

    /** How many more rounds before it looks at the drivers, and first at the inject queue. */
    private int untilDrivers;
    private int untilInject;

    /** Whether tasks yielded to the drivers since these were looked at, and where in the queue the first of them is. */
    private boolean yielded;
    private int yieldedFrom;

    /** Who drives this worker; for the watch. */
    private volatile @Nullable Thread thread;

    private volatile boolean ended;

    Worker(MultiThread shared, int index, RuntimeConfig config, Parker parker) {
        this.shared = shared;
        this.index = index;
        this.config = config;
        this.parker = parker;
        this.queue = new LocalQueue(config.localQueueCapacity());
        this.rand = new FastRand(config.rngSeed() + index * FastRand.GAMMA);
        this.taskRand = new FastRand(config.rngSeed() - (index + 1) * FastRand.GAMMA);
        this.lifoEnabled = config.lifoSlot();
        var pollTimeBuckets = config.pollTimes();
        this.pollTimes = pollTimeBuckets == null ? null : new Histogram(pollTimeBuckets);
        this.observed = pollTimes != null || config.eagerDriverHandoff();
        this.globalQueueInterval =
                config.globalQueueInterval() > 0 ? config.globalQueueInterval() : stats.tunedGlobalQueueInterval();
        this.untilDrivers = config.eventInterval();
        this.untilInject = globalQueueInterval;
    }

    public int index() {
        return index;
    }

    public MultiThread scheduler() {
        return shared;
    }

    /** The id of the thread that drives it or did so last; 0 before the first one. */
    long threadId() {
        var driver = thread;
        return driver == null ? 0 : driver.threadId();
    }

    /** A random number for what a task polls; called on the thread that drives this worker. */
    public int random() {
        return taskRand.next();
    }

    /** Whether it does not move by itself: it sleeps, its thread is blocked, or it has ended. */
    boolean isStuck() {
        var driver = thread;
        return ended || driver != null && (StuckWatch.isBlocked(driver)
                || shared.idle.isParked(index) && !shared.isShutdown());
    }

    // --- the loop

    /** Drives this worker on the calling thread until shutdown or hand-off. */
    @Override
    public void run() {
        var context = ThreadContext.ofPlatformThread();
        context.worker = this;
        context.inScheduler = true;
        thread = Thread.currentThread();
        bindThread();
        stats.startBatch();
        boolean mine = true;
        while (mine && !shared.isShutdown()) {
            try {
                mine = turn(context);
            } catch (Throwable thrown) {
                mine = survive(context, thrown);
            }
        }
        if (mine) {
            shutDown(context);
        }
        context.inScheduler = false;
        context.worker = null;
        if (config.affinity() != null) {
            CpuAffinity.unpinCurrentThread(); // it goes back to the pool
        }
    }

    /** Runs a task, and looks for one or sleeps where there is none; false when the worker was handed off meanwhile. */
    private boolean turn(ThreadContext context) {
        if (--untilDrivers == 0 || isYieldedNext()) {
            maintain();
        }
        var task = nextTask();
        if (task == null) {
            stats.endBatch();
            task = steal();
            if (task == null) {
                if (defer.isEmpty()) {
                    park();
                } else {
                    maintain();
                }
                stats.startBatch();
                return true;
            }
            stats.startBatch();
        }
        return observed ? runObserved(context, task) : runTask(context, task);
    }

    /**
     * Goes on after what came out of the scheduler itself: there was no memory, or a look at the drivers failed. Tasks
     * never throw here. A worker that ended by it would not be driven again, and close() would wait for it.
     */
    private boolean survive(ThreadContext context, Throwable thrown) {
        ThreadHooks.report(thrown);
        if (context.worker != this) {
            return false;
        }
        context.task = null;
        if (sleeping) {
            searching = shared.idle.unparkSelf(index); // who has picked it meanwhile counts on its search
            sleeping = false;
        }
        parked = false;
        lifoEnabled = config.lifoSlot();
        untilDrivers = Math.max(untilDrivers, 1);
        if (!searching && queue.hasTasks()) {
            shared.notifyParked(); // nobody was told of what the drivers woke before they failed
        }
        LockSupport.parkNanos(this, AFTER_FAILURE_NANOS);
        stats.startBatch();
        return true;
    }

    private void bindThread() {
        NativeThread.setTimerSlack(TIMER_SLACK_NANOS);
        var affinity = config.affinity();
        if (affinity != null) {
            CpuAffinity.pinCurrentThread(affinity.applyAsInt(index));
        }
    }

    /** The same with what was asked for when the runtime was built. */
    private boolean runObserved(ThreadContext context, Schedulable first) {
        if (leftDrivers && config.eagerDriverHandoff()) {
            leftDrivers = false;
            if (searching) {
                searching = false;
                shared.stopSearching();
            }
            shared.notifyParked(); // so that another worker sleeps in the drivers while this one is busy
        }
        if (pollTimes == null) {
            return runTask(context, first);
        }
        long startNanos = System.nanoTime();
        if (!runTask(context, first)) {
            return false;
        }
        pollTimes.record(System.nanoTime() - startNanos);
        return true;
    }

    /** Runs a task and those it puts into the LIFO slot; false when the worker was handed off meanwhile. */
    private boolean runTask(ThreadContext context, Schedulable first) {
        if (searching) {
            searching = false;
            shared.stopSearching();
        }
        stats.startRound();
        int budget = RuntimeConfig.TASK_BUDGET;
        int lifoPolls = 0;
        for (var task = first; ; ) {
            stats.polls++;
            budget = task.run(context, budget);
            if (context.worker != this) {
                return false;
            }
            task = lifoSlot;
            if (task == null) {
                break;
            }
            lifoSlot = null;
            if (budget <= 0) {
                queue.pushBack(task, shared.inject, stats);
                break;
            }
            stats.lifoHits++;
            if (++lifoPolls >= MAX_LIFO_POLLS) {
                lifoEnabled = false;
            }
        }
        lifoEnabled = config.lifoSlot();
        return true;
    }

    private @Nullable Schedulable nextTask() {
        if (--untilInject <= 0) {
            tuneGlobalQueueInterval();
            untilInject = globalQueueInterval;
            var task = shared.inject.pop();
            return task != null ? task : nextLocal();
        }
        var task = nextLocal();
        return task != null ? task : takeShare();
    }

    private @Nullable Schedulable nextLocal() {
        var task = lifoSlot;
        if (task != null) {
            lifoSlot = null;
            return task;
        }
        return queue.pop();
    }

    /** Takes this worker's share of the inject queue; what it takes fits into the first half of its own. */
    private @Nullable Schedulable takeShare() {
        int waiting = shared.inject.size();
        if (waiting == 0) {
            return null;
        }
        int room = Math.min(queue.remainingSlots(), config.localQueueCapacity() / 2);
        int share = Math.clamp(waiting / config.workers() + 1, 1, Math.max(1, room));
        return shared.inject.popBatch(share, this::pushStolen);
    }

    private void pushStolen(Schedulable task) {
        queue.pushBack(task, shared.inject, stats);
    }

    /**
     * Looks at the inject queue so often that what waits there gets its share. What overflows into it is older than
     * what the local queue is refilled with: under an overload of I/O it would wait for long.
     */
    private void tuneGlobalQueueInterval() {
        if (config.globalQueueInterval() != 0) {
            return;
        }
        int tuned = stats.tunedGlobalQueueInterval();
        int waiting = shared.inject.size();
        globalQueueInterval = waiting == 0
                ? tuned
                : Math.min(tuned, 1 + queue.size() * config.workers() / waiting);
        untilInject = Math.min(untilInject, globalQueueInterval);
    }

    private @Nullable Schedulable steal() {
        if (!searching) {
            searching = shared.idle.startSearching();
            if (!searching) {
                return null;
            }
        }
        var task = stealFromOthers();
        return task != null ? task : shared.inject.pop();
    }

    private @Nullable Schedulable stealFromOthers() {
        var workers = shared.workers;
        int start = rand.below(workers.length);
        for (int i = 0; i < workers.length; i++) {
            int victim = start + i < workers.length ? start + i : start + i - workers.length;
            if (victim != index) {
                var task = workers[victim].queue.stealInto(queue, stats);
                if (task != null) {
                    return task;
                }
            }
        }
        return null;
    }

    // --- sleeping

    private void park() {
        ThreadHooks.call(config.threadHooks().onPark());
        if (startParking()) {
            do {
                stats.aboutToPark();
                parkWith(true);
                stats.unparked();
            } while (!shared.isShutdown() && !stopParking());
            sleeping = false;
        }
        ThreadHooks.call(config.threadHooks().onUnpark());
    }

    /** Looks at the drivers without sleeping. */
    private void maintain() {
        untilDrivers = config.eventInterval();
        stats.endBatch();
        parkWith(false);
        tuneGlobalQueueInterval();
        stats.startBatch();
    }

    private void parkWith(boolean sleep) {
        parked = true;
        yielded = false;
        leftDrivers = sleep ? parker.park() : parker.poll();
        defer.wake();
        parked = false;
        if (!searching && (lifoSlot == null ? 0 : 1) + queue.size() > 1) {
            shared.notifyParked(); // the drivers woke more than this worker can run at once
        }
    }

    private boolean startParking() {
        if (hasTasks() || !defer.isEmpty()) {
            return false; // the hook made work
        }
        boolean wasSearching = searching;
        searching = false;
        sleeping = true;
        if (shared.idle.park(index, wasSearching)) {
            shared.notifyIfWorkPending();
        }
        return true;
    }

    private boolean stopParking() {
        if (hasTasks()) {
            searching = shared.idle.unparkSelf(index);
            return true;
        }
        if (shared.idle.isParked(index)) {
            return false;
        }
        searching = true;
        return true;
    }

    private boolean hasTasks() {
        return lifoSlot != null || queue.hasTasks();
    }

    // --- scheduling, called on the thread that drives this worker

    /** Makes a task the next one, or the last one where the LIFO slot is off. */
    void schedule(Schedulable task) {
        if (!lifoEnabled) {
            if (config.lifoSlot()) {
                yieldNow(task); // its turn in the slot was over; alone it is as near here as there
            } else {
                scheduleLast(task);
            }
            return;
        }
        stats.localSchedules++;
        var previous = lifoSlot;
        LIFO_SLOT.setRelease(this, task);
        if (previous != null) {
            queue.pushBack(previous, shared.inject, stats);
            notifyOthers();
        }
    }

    /** Puts a task behind all others. */
    void scheduleLast(Schedulable task) {
        stats.localSchedules++;
        queue.pushBack(task, shared.inject, stats);
        notifyOthers();
    }

    /**
     * Puts a task behind all others: the one that just ran, or one that it woke. Where there are none, this worker
     * takes it up at once, and another one that is woken for it could only steal it to and fro. A task that comes from
     * the inject queue before it has had a worker woken for itself, which looks at this queue before it sleeps again.
     */
    void yieldNow(Schedulable task) {
        stats.localSchedules++;
        queue.pushBack(task, shared.inject, stats);
        if (lifoSlot != null || queue.size() > 1) {
            notifyOthers();
        }
    }

    /** The same, and looks at the drivers before its turn comes; not where another worker steals it. */
    void yieldToDrivers(Schedulable task) {
        if (!yielded) {
            yielded = true;
            yieldedFrom = queue.tailPosition();
        }
        yieldNow(task);
    }

    private boolean isYieldedNext() {
        return yielded && lifoSlot == null && queue.isTakenUpTo(yieldedFrom);
    }

    private void notifyOthers() {
        if (!parked) {
            shared.notifyParked();
        }
    }

    void defer(Waker waker) {
        defer.defer(waker);
    }

    // --- leaving

    /**
     * Lets another thread drive this worker, because the calling one is about to block inside a task. Where the
     * runtime has begun to shut down there is no other thread, and the caller keeps the worker.
     */
    public void handOff(ThreadContext context) {
        context.worker = null; // before another thread may drive it
        context.inScheduler = false;
        boolean launched = false;
        try {
            launched = shared.launch(this);
        } finally {
            if (!launched) {
                context.worker = this;
                context.inScheduler = true;
            }
        }
        if (launched && config.affinity() != null) {
            CpuAffinity.unpinCarrierThread(); // the processor is the worker's, and so the other thread's
        }
    }

    private void shutDown(ThreadContext context) {
        stats.endBatch();
        try {
            shared.owned().closeAndShutDownAll(index);
            shared.shutDownSlots();
            drain(context);
        } catch (Throwable thrown) {
            ThreadHooks.report(thrown); // there was no memory; close() is not to wait for this worker
        }
        ended = !shared.endIfLast(context);
    }

    /** Tells the task in the LIFO slot to end; from any thread. */
    void shutDownSlot() {
        if ((Schedulable) LIFO_SLOT.getAcquire(this) instanceof Task<?> task) {
            task.shutDown();
        }
    }

    /** What was cut off is dropped; called after all workers have ended. */
    void dropRest() {
        defer.wake();
        for (var task = nextLocal(); task != null; task = nextLocal()) {
            task.drop();
        }
    }

    /**
     * Lets what is runnable end, also what is in the queue of a worker that may be blocked: nobody else can end a task
     * there that has not waited yet, or is to be polled again. What keeps running all the same is cut off.
     */
    void drain(ThreadContext context) {
        long limit = 64 * shared.owned().aliveCount() + 4096;
        for (long i = 0; i < limit; i++) {
            var task = nextLocal();
            if (task == null) {
                task = shared.inject.pop();
            }
            if (task == null) {
                task = stealFromOthers();
            }
            if (task == null) {
                if (!shared.inject.isEmpty()) {
                    i--;
                    Thread.yield(); // another worker is taking from it, or somebody has still to link what is behind
                } else if (defer.isEmpty()) {
                    return;
                } else {
                    defer.wake(); // the drivers, after which it would be, are not looked at any more
                }
                continue;
            }
            stats.polls++;
            task.run(context, RuntimeConfig.TASK_BUDGET);
            if (context.worker != this) {
                context.worker = this; // blockInPlace during shutdown does not hand off
            }
        }
    }

    @Override
    public String toString() {
        return "worker " + index;
    }
}
