package dev.edo.impl.scheduler.currentthread;

import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.impl.driver.Driver;
import dev.edo.impl.driver.Park;
import dev.edo.impl.runtime.RuntimeConfig;
import dev.edo.impl.runtime.ThreadHooks;
import dev.edo.impl.scheduler.Defer;
import dev.edo.impl.scheduler.Histogram;
import dev.edo.impl.scheduler.Inject;
import dev.edo.impl.scheduler.InterruptWake;
import dev.edo.impl.scheduler.Schedulable;
import dev.edo.impl.scheduler.Scheduler;
import dev.edo.impl.scheduler.StuckWatch;
import dev.edo.impl.scheduler.ThreadContext;
import dev.edo.impl.task.OwnedTasks;
import dev.edo.impl.task.StacklessTask;
import dev.edo.impl.task.TaskList;
import dev.edo.impl.task.coroutine.Carriers;
import dev.edo.impl.task.coroutine.ThreadWaker;
import dev.edo.runtime.UnhandledPanic;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs all tasks on the thread that is inside {@code blockOn}.
 *
 * <p>Algorithm: whoever blocks takes the core (the queue and the right to use the drivers) if it is free and runs
 * tasks until its own future is ready; another thread that blocks meanwhile polls its own future only, and takes the
 * core over when it becomes free. Tasks scheduled by the holder go to the queue, all others to the inject queue,
 * with the driver woken.
 *
 * <p>Invariants: {@code holder} is the thread that may touch queue, untilInject, defer and drivers. A thread that waits
 * for the core is in {@code waiting} before it looks at {@code holder} again, and who gives the core back looks at
 * {@code waiting} afterwards, so that one of them sees the other.
 *
 * <p>Shutdown: the flag makes a running {@code blockOn} fail; the closing thread takes the core, tells the tasks on the
 * lists to end, runs what is runnable, abandons the rest and shuts the drivers down.
 *
 * <p>Origin: Tokio's {@code scheduler/current_thread}.
 */
public final class CurrentThread extends Scheduler implements StuckWatch.Source {
    private static final int DEFAULT_GLOBAL_QUEUE_INTERVAL = 31;

    private final RuntimeConfig config;
    private final Park driver;
    private final InterruptWake interrupts;
    private final Inject inject = new Inject();
    private final StuckWatch watch = new StuckWatch(this);
    private final ArrayDeque<Schedulable> queue = new ArrayDeque<>();
    private final Defer defer = new Defer();
    private final CurrentThreadStats stats = new CurrentThreadStats();
    private final @Nullable Histogram pollTimes;
    private final AtomicReference<@Nullable Thread> holder = new AtomicReference<>();
    private final ConcurrentLinkedQueue<Thread> waiting = new ConcurrentLinkedQueue<>();
    private final int globalQueueInterval;
    /** The only thread that may hold the core, or null if all may. */
    private @Nullable Thread owner;

    /** How many more tasks before it takes one from the inject queue first. */
    private int untilInject;

    /** Whether tasks yielded to the drivers since these were looked at, and how many are ahead of the first of them. */
    private boolean yielded;
    private int aheadOfYielded;

    /** Whether the holder is inside a task or the poll of its own future; for the watch, which samples it. */
    private boolean running;

    private volatile boolean shutdown;
    private volatile @Nullable Throwable panic;

    public CurrentThread(RuntimeConfig config, Driver driver) {
        super(config.name(), new OwnedTasks(1), config.taskHooks());
        this.config = config;
        this.driver = driver.park();
        this.interrupts = new InterruptWake(this.driver::unpark);
        var pollTimeBuckets = config.pollTimes();
        this.pollTimes = pollTimeBuckets == null ? null : new Histogram(pollTimeBuckets);
        this.globalQueueInterval =
                config.globalQueueInterval() > 0 ? config.globalQueueInterval() : DEFAULT_GLOBAL_QUEUE_INTERVAL;
        this.untilInject = globalQueueInterval;
    }

    /** Keeps all other threads from the core; called before any of them knows this. */
    public void bindTo(Thread thread) {
        owner = thread;
    }

    private boolean mayHold(Thread thread) {
        return owner == null || owner == thread;
    }

    /** Whether the calling thread itself holds the core, be it that it drives another runtime inside of that. */
    public boolean isHeldByCaller() {
        return holder.get() == Thread.currentThread();
    }

    // --- blocking

    /** Runs tasks, or lets another thread do so, until the future is ready. */
    public <T extends @Nullable Object> T blockOn(Future<T> future) throws Exception {
        if (isHeldByCaller()) {
            throw new IllegalStateException("await or blockOn inside the poll of a future that blockOn is running;"
                    + " return Poll.pending() there instead, or pass blockOn a closure");
        }
        var blockOn = new BlockOn(this);
        var thread = Thread.currentThread();
        boolean registered = false;
        try {
            for (;;) {
                checkAlive(future);
                if (mayHold(thread) && holder.compareAndSet(null, thread)) {
                    watch.resume();
                    try {
                        return drive(future, blockOn);
                    } finally {
                        giveBack();
                    }
                }
                if (blockOn.takeWoken()) {
                    var poll = future.poll(blockOn);
                    if (poll instanceof Poll.Ready<T> ready) {
                        return ready.value();
                    }
                    ThreadWaker.requirePoll(poll, future);
                }
                if (!registered) {
                    registered = true;
                    waiting.add(thread);
                } else if (!blockOn.isWoken()) {
                    LockSupport.park(this);
                    checkInterrupt(future);
                }
            }
        } finally {
            if (registered) {
                waiting.remove(thread);
                if (holder.get() == null) {
                    wakeWaiting(); // this thread may have been told of a free core that it does not want
                }
            }
        }
    }

    private void giveBack() {
        holder.set(null);
        if (panic != null) {
            endTasksIfFree(); // of a panic on another thread, which found the core still held
        }
        wakeWaiting();
    }

    private void wakeWaiting() {
        var next = waiting.peek();
        if (next != null) {
            LockSupport.unpark(next);
        }
    }

    private <T extends @Nullable Object> T drive(Future<T> future, BlockOn blockOn) throws Exception {
        var context = ThreadContext.ofPlatformThread();
        var outer = context.core;
        context.core = this;
        stats.startDriving();
        try {
            for (;;) {
                if (blockOn.takeWoken()) {
                    var poll = pollOwn(future, blockOn);
                    if (poll instanceof Poll.Ready<T> ready) {
                        return ready.value();
                    }
                    ThreadWaker.requirePoll(poll, future);
                }
                stats.startBusy();
                runTasksInside(context, blockOn);
                checkAlive(future);
                interrupts.restore();
                checkInterrupt(future);
            }
        } finally {
            if (panic != null) {
                endTasks(context); // mounts what has still to unwind: interrupts are noted until then
            }
            interrupts.unwatch();
            stats.endBusy();
            context.core = outer;
        }
    }

    /** Polls the future of the blockOn that drives; it may block in a lock, as a task may. */
    private <T extends @Nullable Object> Poll<T> pollOwn(Future<T> future, BlockOn blockOn) throws Exception {
        running = true;
        try {
            return future.poll(blockOn);
        } finally {
            running = false;
        }
    }

    /** Runs tasks inside of their own runtime, whichever one the closure that waits has entered by hand. */
    private void runTasksInside(ThreadContext context, BlockOn blockOn) {
        var entered = context.handle;
        if (entered == context.blockingOn) { // as most often: a store of a reference costs a fence
            runTasks(context, blockOn);
            return;
        }
        context.handle = context.blockingOn;
        try {
            runTasks(context, blockOn);
        } finally {
            context.handle = entered;
        }
    }

    /** Has all tasks end after a panic: nobody runs any after this. */
    private void endTasks(ThreadContext context) {
        var entered = context.handle;
        context.handle = context.blockingOn;
        try {
            owned().closeAndShutDownAll(0);
            drain(context);
        } finally {
            context.handle = entered;
        }
    }

    private void runTasks(ThreadContext context, BlockOn blockOn) {
        for (int i = 0; i < config.eventInterval(); i++) {
            if (panic != null || shutdown) {
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

    /** The holder is about to mount a virtual thread: a task's, one that a task started, or one of a local set. */
    public void beforeMount() {
        interrupts.beforeMount();
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
            var task = inject.pop();
            return task != null ? task : nextLocal();
        }
        var task = nextLocal();
        return task != null ? task : inject.pop();
    }

    private @Nullable Schedulable nextLocal() {
        aheadOfYielded--;
        return queue.poll();
    }

    private void park(BlockOn blockOn) {
        ThreadHooks.call(config.threadHooks().onPark());
        if (queue.isEmpty() && inject.isEmpty() && defer.isEmpty() && !blockOn.isWoken()) {
            stats.aboutToPark();
            yielded = false;
            interrupts.watch();
            driver.park(Park.FOREVER);
            defer.wake();
            stats.unparked();
        } else {
            poll(); // the hook made work, which must not keep the drivers waiting where it always does
        }
        ThreadHooks.call(config.threadHooks().onUnpark());
    }

    private void poll() {
        yielded = false;
        stats.stillBusy();
        driver.park(0);
        defer.wake();
    }

    private void checkAlive(Future<?> future) {
        var cause = panic;
        if (cause != null) {
            future.cancel();
            throw new IllegalStateException("a task threw and the runtime was built with"
                    + " unhandledPanic(SHUTDOWN_RUNTIME)", cause);
        }
        if (shutdown) {
            future.cancel();
            throw new IllegalStateException("the runtime has been shut down; blockOn and await need a running one");
        }
    }

    private static void checkInterrupt(Future<?> future) {
        if (Thread.currentThread().isInterrupted()) {
            future.cancel();
            throw new CancellationException("interrupted while awaiting a future");
        }
    }

    // --- scheduling

    /** Goes through the inject queue, where the watch can reach it while the holder is blocked. */
    @Override
    public void handOver(Schedulable thread) {
        watch.handOverQueued();
        if (isHere()) {
            pushAgain(thread);
        } else {
            pushRemote(thread);
        }
    }

    @Override
    public void handOverStarted() {
        watch.handOverStarted();
    }

    @Override
    public boolean isDriven() {
        return holder.get() != null;
    }

    @Override
    public long progress() {
        return stats.polls;
    }

    @Override
    public boolean isStuck() {
        var thread = holder.get();
        return running && thread != null && StuckWatch.isBlocked(thread);
    }

    @Override
    public void rescue() {
        var taken = new ArrayList<Schedulable>();
        for (var task = inject.pop(); task != null; task = inject.pop()) {
            taken.add(task);
        }
        for (var task : taken) {
            if (task.isHandOver()) {
                task.drop();
            } else {
                pushAgain(task);
            }
        }
    }

    /** Whether the calling thread holds the core, or the thread that carries it does. */
    private boolean isHere() {
        if (isHeldByCaller()) {
            return true; // soonest told: this thread is not the runtime's, and finds its context in a thread local
        }
        var context = ThreadContext.carrier();
        return context != null && context.core == this;
    }

    @Override
    public @Nullable TaskList ownList() {
        return isHere() ? owned().ownList(0) : null;
    }

    @Override
    public void schedule(Schedulable task) {
        if (isHere()) {
            scheduleHere(task);
        } else {
            pushRemote(task);
        }
    }

    private void scheduleHere(Schedulable task) {
        stats.localSchedules++;
        queue.add(task);
    }

    private void pushRemote(Schedulable task) {
        afterPush(task, inject.push(task));
    }

    /** The same for what does not come from outside, which is not counted as if it did. */
    private void pushAgain(Schedulable task) {
        afterPush(task, inject.pushBatch(task, task, 1));
    }

    private void afterPush(Schedulable task, boolean pushed) {
        if (pushed) {
            wakeHolder();
            inject.dropAllIfClosed(); // it may have been closed, and drained for the last time, during the push
        } else {
            task.drop();
        }
    }

    @Override
    public void yieldNow(Schedulable task) {
        schedule(task);
    }

    @Override
    public void yieldToDrivers(Schedulable task, ThreadContext context) {
        if (context.core != this) {
            schedule(task);
            return;
        }
        if (!yielded) {
            yielded = true;
            aheadOfYielded = queue.size();
        }
        scheduleHere(task);
    }

    @Override
    public void defer(Waker waker) {
        if (isDriving()) {
            defer.defer(waker);
        } else {
            waker.wake();
        }
    }

    /**
     * Whether the calling thread, or the one that carries it, goes round the loop of this scheduler. It may hold the
     * core and block in another runtime, inside a poll: then nobody looks at what is deferred until that is over.
     */
    private boolean isDriving() {
        var context = ThreadContext.carrier();
        if (context == null || context.core != this) {
            return false;
        }
        var blockingOn = context.blockingOn;
        return blockingOn == null || blockingOn.currentThread() == this;
    }

    /** Makes the thread that holds the core look around, unless the caller is on it. */
    void wakeHolder() {
        if (!isHere()) {
            driver.unpark();
        }
    }

    @Override
    public void unhandledPanic(Throwable cause) {
        if (config.unhandledPanic() == UnhandledPanic.SHUTDOWN_RUNTIME && panic == null) { // later ones may be by it
            owned().close(); // first: what is spawned from here on is refused, and need not be found below
            panic = cause;
            if (isHeldByCaller()) {
                owned().closeAndShutDownAll(0);
            } else {
                endTasksIfFree(); // else the holder does: a task in direct style throws on a thread of its own
            }
            driver.unpark();
        }
    }

    /** Has the tasks end after a panic, where nobody holds the core who would do so when it leaves. */
    private void endTasksIfFree() {
        var thread = Thread.currentThread();
        if (thread.isVirtual() && Carriers.available()) {
            endListedTasksIfFree(thread);
            return;
        }
        if (!mayHold(thread) || !holder.compareAndSet(null, thread)) {
            return;
        }
        owned().closeAndShutDownAll(0);
        dropQueued();
        holder.set(null);
        wakeWaiting();
    }

    /**
     * The same for a virtual thread, which somebody carries who does not drive. It must not hold the core: if it waits
     * in a {@code cancel()}, nobody mounts it again but who holds that. What is queued ends when the runtime is closed.
     */
    private void endListedTasksIfFree(Thread thread) {
        if (mayHold(thread) && holder.get() == null) {
            owned().closeAndShutDownAll(0);
        }
    }

    /**
     * Nobody polls what is queued, and a stackless task that has not waited yet, or was to be polled again, is on no
     * list or cannot be ended from outside. Those in direct style unwind when somebody drains the queues.
     */
    private void dropQueued() {
        var directStyle = new ArrayList<Schedulable>();
        for (var task = nextTask(); task != null; task = nextTask()) {
            if (task instanceof StacklessTask) {
                task.drop();
            } else {
                directStyle.add(task);
            }
        }
        directStyle.forEach(this::pushAgain); // where the watch can reach it
    }

    @Override
    public void countForcedYield() {
        stats.forcedYields.increment();
    }

    // --- shutdown

    public boolean isShutdown() {
        return shutdown || panic != null;
    }

    /** Begins to shut down; from any thread, does not wait. */
    public void shutDown() {
        shutdown = true;
        driver.unpark();
        waiting.forEach(LockSupport::unpark);
    }

    /** Ends all tasks on the calling platform thread, once nobody holds the core; false when the time was over. */
    public boolean end(long timeoutNanos) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + timeoutNanos;
        while (!holder.compareAndSet(null, Thread.currentThread())) {
            if (deadlineNanos - System.nanoTime() <= 0) {
                return false;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(1));
        }
        if (inject.isClosed()) {
            giveBack();
            return true; // ended before
        }
        var context = ThreadContext.ofPlatformThread();
        var outer = context.putAside(); // the owner may be part of a task of another runtime
        context.core = this;
        watch.resume();
        try {
            owned().closeAndShutDownAll(0);
            drain(context);
            inject.close();
            inject.dropAllIfClosed();
            for (var task = queue.poll(); task != null; task = queue.poll()) {
                task.drop();
            }
            owned().abandonAll();
            driver.shutdown();
        } finally {
            interrupts.unwatch();
            context.takeUp(outer);
            giveBack();
            watch.end();
        }
        return true;
    }

    /** Lets what is runnable end; what keeps running all the same is cut off, and stays in its queue. */
    private void drain(ThreadContext context) {
        long limit = 64 * owned().aliveCount() + 4096;
        for (long i = 0; i < limit; i++) {
            var task = nextTask();
            if (task != null) {
                run(context, task);
            } else if (defer.isEmpty()) {
                return;
            } else {
                defer.wake(); // the drivers, after which it would be, are not looked at any more
            }
        }
        defer.wake();
    }

    // --- metrics

    public CurrentThreadStats stats() {
        return stats;
    }

    /** The poll times, or null where they are not counted. */
    public @Nullable Histogram pollTimes() {
        return pollTimes;
    }

    public int queueDepth() {
        return queue.size();
    }

    public int injectDepth() {
        return inject.size();
    }

    public long remoteScheduleCount() {
        return inject.pushedCount();
    }
}
