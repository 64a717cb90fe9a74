package dev.edo.impl.blocking;

import dev.edo.impl.libc.CpuAffinity;
import dev.edo.impl.runtime.RuntimeConfig;
import dev.edo.impl.runtime.ThreadHooks;
import dev.edo.impl.scheduler.EdoThread;
import dev.edo.impl.scheduler.LookOut;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads for code that blocks, started on demand and ended after a while without work. Jobs start in the order
 * they came. The workers' loops run here too, each counted as one more thread that is allowed.
 *
 * <p>Algorithm: one lock, one condition. A new job takes an idle thread if there is one; otherwise a thread is
 * started unless the limit is reached; otherwise the job waits in the queue. {@code notified} counts idle threads
 * that were given a job and have not woken yet, so that a spurious wake-up is told from a real one. {@code serving}
 * counts the threads that will look at the queue again: one that has decided to end is not in it, though it stays in
 * {@code threads} until its last hook has run, so that no job is left to it. The application names threads, so that is
 * done without the lock, for which tasks spin.
 *
 * <p>An idle thread looks out for the next job before it waits on the condition, one thread at a time, and none where the
 * jobs that run need all processors: jobs often come one after the other, and to signal costs the giver more than many a
 * job takes. It counts in {@code lookingOut}, and for so many of {@code notified} nobody is signalled. That suffices,
 * because whoever stops to look out takes one of {@code notified} if there is any, under the same lock as it leaves
 * {@code lookingOut}.
 *
 * <p>Shutdown: mandatory jobs in the queue still run, the others are cancelled; running jobs run to their end.
 *
 * <p>Origin: Tokio's {@code blocking/pool.rs}.
 */
public final class BlockingPool {
    /** Where jobs come rarely, one wait in so many (a power of two) is looked out before. */
    private static final int LOOK_OUT_MISSES = 4;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition threadEnded = lock.newCondition();
    private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
    private final Map<Thread, @Nullable Runnable> threads = new LinkedHashMap<>();
    private final BiFunction<String, Runnable, Thread> threadFactory;
    private final RuntimeConfig config;
    private final Runnable threadBody = this::runThread; // linked here, not under the lock
    private final LookOut lookOut = new LookOut(LOOK_OUT_MISSES); // of the one that counts in lookingOut
    private final BooleanSupplier workCame = this::isAwaited;
    private final int workers;
    private final int maxThreads;
    private int serving;
    private int idle;
    private int lookingOut;

    /** Written under the lock; whoever looks out reads it without. */
    private volatile int notified;

    private volatile boolean shutdown;

    /**
     * A pool without threads yet.
     *
     * @param threadFactory makes a thread, not started, from a name and a body
     */
    public BlockingPool(RuntimeConfig config, int workers, BiFunction<String, Runnable, Thread> threadFactory) {
        this.config = config;
        this.threadFactory = threadFactory;
        this.workers = workers;
        this.maxThreads = config.maxBlockingThreads() + workers;
    }

    /**
     * Runs a job on a thread of the pool.
     *
     * @return false when shut down; the caller ends the job
     * @throws IllegalStateException when no thread can be started and there is none
     */
    public boolean execute(Runnable job) {
        String name = null;
        for (;;) {
            lockSpinning();
            try {
                if (shutdown) {
                    return false;
                }
                if (idle > 0) {
                    queue.add(job);
                    idle--;
                    if (++notified > lookingOut) {
                        work.signal();
                    }
                    return true;
                }
                if (serving >= maxThreads) {
                    queue.add(job);
                    return true;
                }
                if (name != null) {
                    queue.add(job);
                    startThread(job, name);
                    return true;
                }
            } finally {
                lock.unlock();
            }
            name = config.threadNames().get(); // code of the application
            if (name == null) {
                throw new NullPointerException("threadName: the supplier returned null; have it return a name");
            }
        }
    }

    /**
     * Takes the lock without waiting in its queue, for the caller may be a task. There a worker could come behind a
     * virtual thread that only it can mount, and a virtual thread would keep those behind it until somebody mounts it;
     * and who hands a worker off must stay on its carrier. The lock is held for moments.
     */
    private void lockSpinning() {
        while (!lock.tryLock()) {
            Thread.onSpinWait();
        }
    }

    private void startThread(Runnable job, String name) {
        try {
            var thread = threadFactory.apply(name, threadBody);
            thread.start();
            threads.put(thread, null);
            serving++;
        } catch (OutOfMemoryError e) {
            if (serving == 0) {
                queue.removeLastOccurrence(job);
                throw new IllegalStateException("the blocking pool cannot start its first thread: " + e.getMessage()
                        + "; raise the limit of threads (ulimit -u, cgroup pids.max) or lower threadStackSize", e);
            }
            // the job waits for one of the threads there are
        } catch (RuntimeException | Error e) {
            queue.removeLastOccurrence(job); // the caller learns that it does not run
            throw e;
        }
    }

    private void runThread() {
        ThreadHooks.call(config.threadHooks().onStart());
        boolean isServing = true;
        try {
            if (config.affinity() != null) {
                CpuAffinity.unpinCurrentThread(); // it starts with the processor of the worker that started it
            }
            for (var job = nextJob(); job != null; job = nextJob()) {
                job.run();
            }
            isServing = false;
        } finally {
            ThreadHooks.call(config.threadHooks().onStop());
            lock.lock();
            try {
                if (isServing) {
                    serving--; // a job threw
                }
                threads.remove(Thread.currentThread());
                threadEnded.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Waits for a job; null when the thread is to end. */
    private @Nullable Runnable nextJob() {
        Thread.interrupted(); // what a job left must not disturb the next one
        lock.lock();
        try {
            var self = Thread.currentThread();
            threads.put(self, null);
            for (;;) {
                var job = queue.poll();
                if (job != null) {
                    threads.put(self, job);
                    return job;
                }
                if (shutdown || !awaitWork()) {
                    serving--;
                    return null;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** False when nothing came for the keep-alive time. */
    private boolean awaitWork() {
        idle++;
        if (notified == 0 && lookingOut == 0 && LookOut.hasRoomBeside(serving - idle - workers)) {
            lookOut();
        }
        long left = config.keepAliveNanos();
        while (notified == 0) {
            if (shutdown) {
                idle--;
                return true;
            }
            if (left <= 0) {
                idle--;
                return false;
            }
            try {
                left = work.awaitNanos(left);
            } catch (InterruptedException e) {
                // nobody has a reason to interrupt an idle thread; go on waiting
            }
        }
        notified--;
        return true;
    }

    private void lookOut() {
        lookingOut++;
        lock.unlock();
        try {
            lookOut.until(workCame);
        } finally {
            lockSpinning(); // whoever has brought a job is about to let go of it
            lookingOut--;
        }
    }

    private boolean isAwaited() {
        return notified != 0 || shutdown;
    }

    /** Refuses new jobs and cancels those that wait and are not mandatory; does not wait. */
    public void shutDown() {
        var dropped = new ArrayList<BlockingTask<?>>();
        lockSpinning();
        try {
            shutdown = true;
            for (var jobs = queue.iterator(); jobs.hasNext(); ) {
                if (jobs.next() instanceof BlockingTask<?> task && !task.isMandatory()) {
                    jobs.remove();
                    dropped.add(task);
                }
            }
            work.signalAll();
        } finally {
            lock.unlock();
        }
        dropped.forEach(BlockingTask::shutDown);
    }

    /** Waits until all threads have ended; false when the time was over. */
    public boolean awaitEnd(long timeoutNanos) throws InterruptedException {
        lockSpinning();
        try {
            long left = timeoutNanos;
            while (!threads.isEmpty()) {
                if (left <= 0) {
                    return false;
                }
                left = threadEnded.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Each busy thread with its job; one that runs a worker's loop with the task that it is in. */
    public List<String> busyThreads(Class<? extends Runnable> kind) {
        lockSpinning();
        try {
            var busy = new ArrayList<String>();
            threads.forEach((thread, job) -> {
                if (job != null && kind.isInstance(job)) {
                    busy.add(thread.getName() + ": " + whatRuns(thread, job));
                }
            });
            return busy;
        } finally {
            lock.unlock();
        }
    }

    /** All threads, each with what it runs (a blocking job, or a worker's loop) or null, the oldest first. */
    public Map<Thread, @Nullable Runnable> threads() {
        lockSpinning();
        try {
            return new LinkedHashMap<>(threads);
        } finally {
            lock.unlock();
        }
    }

    private static Object whatRuns(Thread thread, Runnable job) {
        if (job instanceof BlockingTask<?> || !(thread instanceof EdoThread own)) {
            return job;
        }
        var task = own.task();
        return task == null ? job : task;
    }

    public int threadCount() {
        lockSpinning();
        try {
            return threads.size();
        } finally {
            lock.unlock();
        }
    }

    public int idleCount() {
        lockSpinning();
        try {
            return idle;
        } finally {
            lock.unlock();
        }
    }

    public int queueDepth() {
        lockSpinning();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }
}
