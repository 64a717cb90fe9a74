package dev.edo.impl.scheduler.multithread;

import dev.edo.future.Waker;
import dev.edo.impl.driver.Driver;
import dev.edo.impl.runtime.RuntimeConfig;
import dev.edo.impl.runtime.ThreadHooks;
import dev.edo.impl.scheduler.Inject;
import dev.edo.impl.scheduler.InjectBatch;
import dev.edo.impl.scheduler.Schedulable;
import dev.edo.impl.scheduler.Scheduler;
import dev.edo.impl.scheduler.StuckWatch;
import dev.edo.impl.scheduler.ThreadContext;
import dev.edo.impl.task.OwnedTasks;
import dev.edo.impl.task.TaskList;
import dev.edo.internal.WakeBatch;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the workers share: the inject queue, who is idle, the drivers.
 *
 * <p>Shutdown: {@link #shutDown()} sets the flag and wakes everybody. Each worker refuses new tasks, tells those that
 * wait to end and runs what is runnable; the last one does so for all queues again, abandons what is left, and
 * shuts the drivers down.
 *
 * <p>Origin: Tokio's {@code multi_thread/worker.rs}, {@code Shared} and {@code Handle}.
 */
public final class MultiThread extends Scheduler implements StuckWatch.Source {
    final Inject inject = new Inject();
    final Idle idle;
    final Worker[] workers;

    private final StuckWatch watch = new StuckWatch(this);
    private final Runnable notifyPushed = this::notifyParkedOfPushed;
    private final DriverLock driverLock;
    private final Predicate<Runnable> threads;
    private final AtomicInteger running;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean shutdown;

    /**
     * Makes the workers; {@link #start} runs them.
     *
     * @param threads runs a worker's loop on a thread of its own; false where there are to be no more threads
     */
    public MultiThread(RuntimeConfig config, Driver driver, Predicate<Runnable> threads) {
        super(config.name(), new OwnedTasks(config.workers()), config.taskHooks());
        this.threads = threads;
        this.idle = new Idle(config.workers());
        this.driverLock = new DriverLock(driver.park());
        this.running = new AtomicInteger(config.workers());
        this.workers = new Worker[config.workers()];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker(this, i, config, new Parker(driverLock, driver.time(), i, jobs()));
        }
    }

    /** Starts a thread per worker. Where one cannot be started, the others end again, and the drivers with them. */
    public void start() {
        int launched = 0;
        try {
            for (var worker : workers) {
                launch(worker);
                launched++;
            }
        } finally {
            if (launched < workers.length) {
                giveUp(workers.length - launched);
            }
        }
    }

    private void giveUp(int notLaunched) {
        shutDown();
        if (running.addAndGet(-notLaunched) == 0) { // nobody else ends what they share
            endShared();
            watch.end();
        }
    }

    /** Lets a thread drive a worker; false where the runtime has begun to shut down. */
    boolean launch(Worker worker) {
        return threads.test(worker);
    }

    @Override
    public void schedule(Schedulable task) {
        var worker = currentWorker();
        if (worker != null) {
            worker.schedule(task);
        } else {
            inject(task);
        }
    }

    @Override
    public @Nullable WakeBatch schedule(Schedulable task, @Nullable WakeBatch batch) {
        var worker = currentWorker();
        if (worker != null) {
            worker.schedule(task);
            return batch;
        }
        var added = InjectBatch.add(batch, inject, notifyPushed, task);
        if (added == null) {
            inject(task);
            return batch;
        }
        return added;
    }

    @Override
    public void yieldNow(Schedulable task) {
        var worker = currentWorker();
        if (worker != null) {
            worker.yieldNow(task);
        } else {
            inject(task);
        }
    }

    @Override
    public void yieldToDrivers(Schedulable task, ThreadContext context) {
        var worker = workerOf(context);
        if (worker != null) {
            worker.yieldToDrivers(task);
        } else {
            inject(task);
        }
    }

    @Override
    public void handOver(Schedulable thread) {
        watch.handOverQueued();
        var worker = currentWorker();
        if (worker != null) {
            worker.scheduleLast(thread);
        } else {
            inject(thread);
        }
    }

    @Override
    public void handOverStarted() {
        watch.handOverStarted();
    }

    /** The worker that the calling thread drives, where it is one of these. */
    private @Nullable Worker currentWorker() {
        var context = ThreadContext.carrier();
        return context == null ? null : workerOf(context);
    }

    private @Nullable Worker workerOf(ThreadContext context) {
        var worker = context.worker;
        return worker != null && worker.shared == this ? worker : null;
    }

    @Override
    public @Nullable TaskList ownList() {
        var worker = currentWorker();
        return worker == null ? null : owned().ownList(worker.index());
    }

    private void inject(Schedulable task) {
        if (inject.push(task)) {
            notifyParkedOfPushed();
            inject.dropAllIfClosed(); // it may have been closed, and drained for the last time, during the push
        } else {
            task.drop();
        }
    }

    @Override
    public void defer(Waker waker) {
        var worker = currentWorker();
        if (worker != null) {
            worker.defer(waker);
        } else {
            waker.wake();
        }
    }

    @Override
    public void unhandledPanic(Throwable cause) {} // the builder allows no other policy here

    @Override
    public void countForcedYield() {
        var context = ThreadContext.carrier();
        if (context != null && context.worker != null) {
            context.worker.stats.forcedYields++;
        }
    }

    // --- waking workers

    /** Wakes a worker for a task that was queued, where the protocol of {@link Idle} says so; true if it does. */
    boolean notifyParked() {
        return wake(idle.notifyOne(driverLock.sleeper()));
    }

    /** The same for one that was pushed to the inject queue. */
    private void notifyParkedOfPushed() {
        wake(idle.notifyOneOfPushed(driverLock.sleeper()));
    }

    private boolean wake(int picked) {
        for (int worker = picked; ; worker = idle.notifyOne(driverLock.sleeper())) {
            if (worker >= 0) {
                workers[worker].parker.unpark();
                return true;
            }
            if (worker == Idle.NOBODY || !isWorkPending()) {
                return false;
            }
        }
    }

    /** The second look of the last searcher. */
    void notifyIfWorkPending() {
        if (isWorkPending()) {
            notifyParked();
        }
    }

    /**
     * The inject queue comes first. A worker that takes a task from there may have queued one for which it woke nobody
     * (see {@link Worker#yieldNow}), counting on who looks for the other: that look must find one of the two.
     */
    private boolean isWorkPending() {
        if (!inject.isEmpty()) {
            return true;
        }
        for (var worker : workers) {
            if (worker.queue.size() > 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether a worker sleeps, or is about to. */
    public boolean isIdle(Worker worker) {
        return idle.isParked(worker.index());
    }

    // --- for the watch

    @Override
    public boolean isDriven() {
        return true;
    }

    @Override
    public long progress() {
        long polls = 0;
        for (var worker : workers) {
            polls += worker.stats.polls;
        }
        return polls;
    }

    @Override
    public boolean isStuck() {
        for (var worker : workers) {
            if (!worker.isStuck()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void rescue() {
        if (!notifyParked()) {
            runHandOversElsewhere();
        }
    }

    void runHandOversElsewhere() {
        var taken = new ArrayList<Schedulable>();
        for (var task = inject.pop(); task != null; task = inject.pop()) {
            taken.add(task);
        }
        var mine = new LocalQueue(LocalQueue.DEFAULT_CAPACITY);
        for (var worker : workers) {
            for (var task = worker.queue.stealInto(mine, new WorkerStats()); task != null; task = mine.pop()) {
                taken.add(task);
            }
        }
        for (var task : taken) {
            if (task.isHandOver() || !inject.pushBatch(task, task, 1)) {
                task.drop();
            }
        }
        notifyParked(); // a worker that fell asleep meanwhile may have looked while none was in a queue
        inject.dropAllIfClosed();
    }

    /** A searcher found work. */
    void stopSearching() {
        if (idle.stopSearching()) {
            notifyIfWorkPending();
        }
    }

    // --- shutdown

    public boolean isShutdown() {
        return shutdown;
    }

    /** Begins to shut down; from any thread, does not wait. */
    public void shutDown() {
        shutdown = true;
        for (var worker : workers) {
            worker.parker.unpark();
        }
    }

    /** Waits until the last worker has ended; false when the time was over. */
    public boolean awaitEnd(long timeoutNanos) throws InterruptedException {
        return ended.await(timeoutNanos, TimeUnit.NANOSECONDS);
    }

    /** Ends what the workers share, when the last of them has ended; false where others are still at it. */
    boolean endIfLast(ThreadContext context) {
        if (running.decrementAndGet() > 0) {
            return false;
        }
        try {
            drainAll(context);
            context.worker = null; // nobody looks at its queue again: what is woken from here on is dropped instead
            endShared();
        } finally {
            watch.end();
            ended.countDown();
        }
        return true;
    }

    private void drainAll(ThreadContext context) {
        try {
            for (var worker : workers) {
                context.worker = worker;
                worker.drain(context);
            }
        } catch (Throwable thrown) {
            ThreadHooks.report(thrown); // there was no memory; what is still in the queues is dropped
        }
    }

    /** Tells the tasks in the LIFO slots to end: a worker may be blocked with one that nobody can take from there. */
    void shutDownSlots() {
        for (var worker : workers) {
            worker.shutDownSlot();
        }
    }

    private void endShared() {
        inject.close();
        inject.dropAllIfClosed();
        for (var worker : workers) {
            worker.dropRest();
        }
        owned().abandonAll();
        driverLock.driver().shutdown();
    }

    // --- metrics

    public int injectDepth() {
        return inject.size();
    }

    public long remoteScheduleCount() {
        return inject.pushedCount();
    }

    public WorkerMetrics metrics(int worker) {
        if (worker < 0 || worker >= workers.length) {
            throw new IndexOutOfBoundsException("worker=" + worker + "; this runtime has " + workers.length);
        }
        return new WorkerMetrics(workers[worker]);
    }
}
