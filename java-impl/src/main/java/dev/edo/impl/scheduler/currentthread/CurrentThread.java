package dev.edo.impl.scheduler.currentthread;

import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.impl.driver.Driver;
import dev.edo.impl.runtime.RuntimeConfig;
import dev.edo.impl.scheduler.Histogram;
import dev.edo.impl.scheduler.Inject;
import dev.edo.impl.scheduler.InjectBatch;
import dev.edo.impl.scheduler.Schedulable;
import dev.edo.impl.scheduler.Scheduler;
import dev.edo.impl.scheduler.StuckWatch;
import dev.edo.impl.scheduler.ThreadContext;
import dev.edo.impl.task.OwnedTasks;
import dev.edo.impl.task.Task;
import dev.edo.impl.task.TaskList;
import dev.edo.impl.task.coroutine.Carriers;
import dev.edo.impl.task.coroutine.ThreadWaker;
import dev.edo.internal.WakeBatch;
import dev.edo.runtime.UnhandledPanic;
import java.util.ArrayList;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs all tasks on the thread that is inside {@code blockOn}.
 *
 * <p>Algorithm: whoever blocks takes the {@link Core} if it is free and runs tasks until its own future is ready;
 * another thread that blocks meanwhile polls its own future only, and takes the core over when it becomes free. Tasks
 * scheduled by the holder go to the core's queue, all others to the inject queue, with the driver woken.
 *
 * <p>Shutdown: the flag makes a running {@code blockOn} fail; the closing thread takes the core, tells the tasks on the
 * lists to end, runs what is runnable, abandons the rest and shuts the drivers down.
 *
 * <p>Origin: Tokio's {@code scheduler/current_thread}.
 */
public final class CurrentThread extends Scheduler implements StuckWatch.Source {
    final Inject inject = new Inject();

    private final RuntimeConfig config;
    private final Core core;
    private final CoreLock lock = new CoreLock();
    private final StuckWatch watch = new StuckWatch(this);
    private final Runnable wakeHolder = this::wakeHolder;
    private volatile boolean shutdown;

    /** What a task threw, where that is to shut the runtime down. */
    private volatile @Nullable Throwable panic;

    public CurrentThread(RuntimeConfig config, Driver driver) {
        super(config.name(), new OwnedTasks(1), config.taskHooks());
        this.config = config;
        this.core = new Core(this, config, driver.park());
    }

    /** Keeps all other threads from the core; called before any of them knows this. */
    public void bindTo(Thread thread) {
        lock.bindTo(thread);
    }

    /** Whether the calling thread itself holds the core, be it that it drives another runtime inside of that. */
    public boolean isHeldByCaller() {
        return lock.isHeldByCaller();
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
                if (lock.tryAcquire(thread)) {
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
                    lock.startWaiting(thread);
                } else if (!blockOn.isWoken()) {
                    LockSupport.park(this);
                    checkInterrupt(future);
                }
            }
        } finally {
            if (registered) {
                lock.stopWaiting(thread);
            }
        }
    }

    private void giveBack() {
        lock.release();
        if (panic != null) {
            endTasksIfFree(); // of a panic on another thread, which found the core still held
        }
        lock.wakeNext();
    }

    private <T extends @Nullable Object> T drive(Future<T> future, BlockOn blockOn) throws Exception {
        var context = ThreadContext.ofPlatformThread();
        var outer = context.core;
        context.core = core;
        core.enter(context);
        try {
            for (;;) {
                if (blockOn.takeWoken()) {
                    var poll = core.pollOwn(future, blockOn);
                    if (poll instanceof Poll.Ready<T> ready) {
                        return ready.value();
                    }
                    ThreadWaker.requirePoll(poll, future);
                }
                core.runTasks(context, blockOn);
                checkAlive(future);
                core.restoreInterrupt();
                checkInterrupt(future);
            }
        } finally {
            if (panic != null) {
                endTasks(context); // mounts what has still to unwind: interrupts are noted until then
            }
            core.leave();
            context.core = outer;
        }
    }

    /** Has all tasks end after a panic: nobody runs any after this. */
    private void endTasks(ThreadContext context) {
        var entered = context.handle;
        context.handle = context.blockingOn;
        try {
            owned().closeAndShutDownAll(0);
            core.drain(context);
        } finally {
            context.handle = entered;
        }
    }

    private void checkAlive(Future<?> future) {
        var cause = panic;
        if (cause != null) {
            throw givenUp(future, new IllegalStateException("a task threw and the runtime was built with"
                    + " unhandledPanic(SHUTDOWN_RUNTIME)", cause));
        }
        if (shutdown) {
            throw givenUp(future, new IllegalStateException("the runtime has been shut down; blockOn and await need a"
                    + " running one"));
        }
    }

    /** Cancels a future; what that throws is suppressed in the reason, which may be the panic. */
    private static <X extends RuntimeException> X givenUp(Future<?> future, X reason) {
        try {
            future.cancel();
        } catch (Throwable t) {
            reason.addSuppressed(t);
        }
        return reason;
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
        return !lock.isFree();
    }

    @Override
    public long progress() {
        return core.stats.polls;
    }

    @Override
    public boolean isStuck() {
        var thread = lock.holder();
        return core.isRunning() && thread != null && StuckWatch.isBlocked(thread);
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
    public boolean isHere() {
        if (isHeldByCaller()) {
            return true; // soonest told: this thread is not the runtime's, and finds its context in a thread local
        }
        var context = ThreadContext.carrier();
        return context != null && context.core == core;
    }

    @Override
    public @Nullable TaskList ownList() {
        return isHere() ? owned().ownList(0) : null;
    }

    @Override
    public void schedule(Schedulable task) {
        if (isHere()) {
            core.schedule(task);
        } else {
            pushRemote(task);
        }
    }

    @Override
    public @Nullable WakeBatch schedule(Schedulable task, @Nullable WakeBatch batch) {
        if (isHere()) {
            core.schedule(task);
            return batch;
        }
        var added = InjectBatch.add(batch, inject, wakeHolder, task);
        if (added == null) {
            pushRemote(task);
            return batch;
        }
        return added;
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
        if (context.core == core) {
            core.yieldToDrivers(task);
        } else {
            schedule(task);
        }
    }

    @Override
    public void defer(Waker waker) {
        if (isDriving()) {
            core.defer(waker);
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
        if (context == null || context.core != core) {
            return false;
        }
        var blockingOn = context.blockingOn;
        return blockingOn == null || blockingOn.currentThread() == this;
    }

    /** Makes the thread that holds the core look around, unless the caller is on it. */
    void wakeHolder() {
        if (!isHere()) {
            core.unpark();
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
            core.unpark();
        }
    }

    /** Has the tasks end after a panic, where nobody holds the core who would do so when it leaves. */
    private void endTasksIfFree() {
        var thread = Thread.currentThread();
        if (thread.isVirtual() && Carriers.available()) {
            endListedTasksIfFree(thread);
            return;
        }
        if (!lock.tryAcquire(thread)) {
            return;
        }
        owned().closeAndShutDownAll(0);
        core.dropStackless().forEach(this::pushAgain); // what unwinds goes where the watch can reach it
        lock.release();
        lock.wakeNext();
    }

    /**
     * The same for a virtual thread, which somebody carries who does not drive. It must not hold the core: if it waits
     * in a {@code cancel()}, nobody mounts it again but who holds that. What is queued ends when the runtime is closed.
     */
    private void endListedTasksIfFree(Thread thread) {
        if (lock.isFor(thread) && lock.isFree()) {
            owned().closeAndShutDownAll(0);
        }
    }

    @Override
    public void countForcedYield() {
        core.stats.forcedYields.increment();
    }

    // --- shutdown

    public boolean isShutdown() {
        return shutdown || panic != null;
    }

    /** Begins to shut down; from any thread, does not wait. */
    public void shutDown() {
        shutdown = true;
        core.unpark();
        lock.wakeAll();
    }

    /** Ends all tasks on the calling platform thread, once nobody holds the core; false when the time was over. */
    public boolean end(long timeoutNanos) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + timeoutNanos;
        while (!lock.tryAcquireToEnd(Thread.currentThread())) {
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
        context.core = core;
        core.enterToEnd(context);
        watch.resume();
        try {
            owned().closeAndShutDownAll(0);
            core.drain(context);
            inject.close();
            inject.dropAllIfClosed();
            core.dropRest();
            owned().abandonAll();
            core.shutDownDrivers();
        } finally {
            core.leave();
            context.takeUp(outer);
            giveBack();
            watch.end();
        }
        return true;
    }

    // --- dumps

    /** The thread that runs tasks, or null where none does. */
    public @Nullable Thread holder() {
        return lock.holder();
    }

    /** The task that the holder runs, or null; a view of some moment ago. */
    public @Nullable Task<?> task() {
        return core.task();
    }

    /** Whether the holder is in no task, nor in the poll of its own future; a view of some moment ago. */
    public boolean isIdle() {
        return !core.isRunning();
    }

    // --- metrics

    public CurrentThreadStats stats() {
        return core.stats;
    }

    /** The poll times, or null where they are not counted. */
    public @Nullable Histogram pollTimes() {
        return core.pollTimes;
    }

    public int queueDepth() {
        return core.queueDepth();
    }

    public int injectDepth() {
        return inject.size();
    }

    public long remoteScheduleCount() {
        return inject.pushedCount();
    }
}
