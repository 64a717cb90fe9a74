package dev.edo.impl.blocking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.impl.contract.Eventually;
import dev.edo.impl.runtime.ThreadHooks;
import dev.edo.impl.scheduler.Configs;
import dev.edo.impl.task.RecordingScheduler;
import dev.edo.task.JoinHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BlockingPoolTest {
    private static final ThreadHooks NO_HOOKS = new ThreadHooks(null, null, null, null);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final BiFunction<String, Runnable, Thread> THREADS =
            (name, body) -> Thread.ofPlatform().daemon().name(name).unstarted(body);

    private final RecordingScheduler scheduler = new RecordingScheduler();

    private static BlockingPool pool(int maxThreads, Duration keepAlive, ThreadHooks hooks) {
        return new BlockingPool(Configs.blocking(maxThreads, keepAlive, hooks), 0, THREADS);
    }

    private static void end(BlockingPool pool) throws InterruptedException {
        pool.shutDown();
        assertTrue(pool.awaitEnd(TimeUnit.SECONDS.toNanos(20)));
        assertEquals(0, pool.threadCount());
        assertEquals(0, pool.idleCount());
    }

    private static Thread run(BlockingPool pool) throws Exception {
        var ran = new CompletableFuture<Thread>();
        assertTrue(pool.execute(() -> ran.complete(Thread.currentThread())));
        return ran.get();
    }

    private static Runnable waitingFor(CountDownLatch latch) {
        return () -> {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    private static void awaitIdle(BlockingPool pool, int count) {
        while (pool.idleCount() != count) {
            Thread.onSpinWait();
        }
    }

    @Test
    void anIdleThreadIsUsedAgain() throws Exception {
        var pool = pool(8, LONG, NO_HOOKS);
        var first = run(pool);
        awaitIdle(pool, 1);
        assertSame(first, run(pool));
        assertEquals(1, pool.threadCount());
        end(pool);
    }

    @Test
    void jobsBeyondTheLimitWaitAndRunInOrder() throws Exception {
        var pool = pool(1, LONG, NO_HOOKS);
        var release = new CountDownLatch(1);
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        var started = new CountDownLatch(1);
        pool.execute(() -> {
            started.countDown();
            waitingFor(release).run();
        });
        started.await();
        for (int i = 0; i < 5; i++) {
            int number = i;
            pool.execute(() -> order.add(number));
        }
        assertEquals(5, pool.queueDepth());
        assertEquals(1, pool.threadCount());
        release.countDown();
        run(pool);
        assertEquals(List.of(0, 1, 2, 3, 4), order);
        end(pool);
    }

    /**
     * Each job comes as soon as the last one has ended: while the thread looks out, just as it stops to, or when it has
     * fallen asleep. None may be left behind, whoever was told of it.
     */
    @Test
    void jobsThatComeOneAfterTheOtherAllRun() throws Exception {
        var pool = pool(2, LONG, NO_HOOKS);
        for (int i = 0; i < 20_000; i++) {
            var ran = new CountDownLatch(1);
            assertTrue(pool.execute(ran::countDown));
            assertTrue(ran.await(10, TimeUnit.SECONDS), "job " + i + " was left behind");
        }
        end(pool);
    }

    /** One idle thread may be looking out, for which nobody is signalled; the second job needs the other one. */
    @Test
    void twoJobsAtOnceGetBothIdleThreads() throws Exception {
        var pool = pool(2, LONG, NO_HOOKS);
        for (int i = 0; i < 5_000; i++) {
            var met = new CountDownLatch(2);
            for (int job = 0; job < 2; job++) {
                assertTrue(pool.execute(() -> {
                    met.countDown();
                    waitingFor(met).run();
                }));
            }
            assertTrue(met.await(10, TimeUnit.SECONDS), "a job of round " + i + " waits for the other one");
            awaitIdle(pool, 2);
        }
        end(pool);
    }

    @Test
    void aThreadWithoutWorkEndsAfterAWhile() throws Exception {
        var pool = pool(8, Duration.ofMillis(1), NO_HOOKS);
        var first = run(pool);
        first.join();
        assertEquals(0, pool.threadCount());
        assertEquals(0, pool.idleCount());
        assertNotSame(first, run(pool));
        end(pool);
    }

    /**
     * The only thread allowed has decided to end and is in its last hook when a job arrives. It will not
     * look at the queue again, so the job needs another thread.
     */
    @Test
    void aJobIsNotLeftToAThreadThatIsEnding() throws Exception {
        var ending = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var hooks = new ThreadHooks(null, () -> {
            ending.countDown();
            waitingFor(release).run();
        }, null, null);
        var pool = pool(1, Duration.ofMillis(1), hooks);
        var first = run(pool);
        ending.await();
        assertNotSame(first, run(pool));
        release.countDown();
        end(pool);
    }

    /**
     * Somebody holds the lock, here for as long as it takes to make a thread, while a task asks for a figure. Were the
     * task to park in the lock's queue, all behind it would wait until somebody mounts it again.
     */
    @Test
    void whoAsksForAFigureDoesNotParkInTheLocksQueue() throws Exception {
        var making = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var pool = new BlockingPool(Configs.blocking(8, LONG, NO_HOOKS), 0, (name, body) -> {
            making.countDown();
            waitingFor(release).run();
            return THREADS.apply(name, body);
        });
        var holder = Thread.ofPlatform().start(() -> pool.execute(() -> {}));
        making.await();
        var figure = new CompletableFuture<Integer>();
        var asking = Thread.ofPlatform().start(() -> figure.complete(pool.queueDepth()));
        try {
            long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
            while (System.nanoTime() - endNanos < 0) {
                assertNull(LockSupport.getBlocker(asking));
                Thread.yield();
            }
        } finally {
            release.countDown();
        }
        assertTrue(figure.get() <= 1);
        holder.join();
        end(pool);
    }

    @Test
    void anInterruptThatAJobLeftIsGoneForTheNext() throws Exception {
        var pool = pool(1, LONG, NO_HOOKS);
        pool.execute(() -> Thread.currentThread().interrupt());
        var interrupted = new CompletableFuture<Boolean>();
        pool.execute(() -> interrupted.complete(Thread.currentThread().isInterrupted()));
        assertFalse(interrupted.get());
        end(pool);
    }

    @Test
    void withoutAThreadTheCallerLearnsWhy() throws Exception {
        var pool = new BlockingPool(Configs.blocking(2, LONG, NO_HOOKS), 0, (_, _) -> {
            throw new OutOfMemoryError("unable to create native thread");
        });
        var thrown = assertThrows(IllegalStateException.class, () -> pool.execute(() -> {}));
        assertTrue(thrown.getMessage().contains("cannot start its first thread"), thrown.getMessage());
        assertEquals(0, pool.queueDepth());
        end(pool);
    }

    @Test
    void whereThereAreThreadsAJobWaitsForOneOfThem() throws Exception {
        var started = new AtomicInteger();
        var pool = new BlockingPool(Configs.blocking(2, LONG, NO_HOOKS), 0, (name, body) -> {
            if (started.getAndIncrement() > 0) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return THREADS.apply(name, body);
        });
        var release = new CountDownLatch(1);
        pool.execute(waitingFor(release));
        var second = new CompletableFuture<Thread>();
        pool.execute(() -> second.complete(Thread.currentThread()));
        release.countDown();
        second.get();
        end(pool);
    }

    /** What execute throws is the caller's to handle: the job must not run all the same. */
    @Test
    void aJobWhoseThreadCouldNotBeMadeDoesNotRunLater() throws Exception {
        var fails = new CompletableFuture<Boolean>();
        var pool = new BlockingPool(Configs.blocking(2, LONG, NO_HOOKS), 0, (name, body) -> {
            if (!fails.isDone()) {
                fails.complete(true);
                throw new IllegalArgumentException("thread name");
            }
            return THREADS.apply(name, body);
        });
        var jobs = new AtomicInteger();
        assertThrows(IllegalArgumentException.class, () -> pool.execute(jobs::incrementAndGet));
        run(pool);
        assertEquals(0, jobs.get());
        end(pool);
    }

    /**
     * Names are code of the application, which may park the virtual thread that starts a job. Were the lock taken
     * then, whoever comes next on its carrier would spin for it.
     */
    @Test
    void whileAThreadIsNamedThePoolIsFree() throws Exception {
        var created = new CompletableFuture<BlockingPool>();
        var pool = new BlockingPool(Configs.blocking(1, () -> nameBeside(created)), 0, THREADS);
        created.complete(pool);
        assertEquals("beside 0 threads", run(pool).getName());
        end(pool);
    }

    private static String nameBeside(CompletableFuture<BlockingPool> pool) {
        try {
            var count = Eventually.<Integer>returns("another thread's look at the pool", () ->
                    pool.get().threadCount());
            return "beside " + count + " threads";
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aJobThatThrowsCostsItsThreadAndNoPlace() throws Exception {
        var pool = new BlockingPool(Configs.blocking(1, LONG, NO_HOOKS), 0, (name, body) -> {
            var thread = THREADS.apply(name, body);
            thread.setUncaughtExceptionHandler((_, _) -> {});
            return thread;
        });
        var first = new CompletableFuture<Thread>();
        pool.execute(() -> {
            first.complete(Thread.currentThread());
            throw new IllegalStateException("a job");
        });
        first.get().join();
        assertNotSame(first.get(), run(pool));
        end(pool);
    }

    @Test
    void shutdownCancelsWhatWaitsAndRunsWhatIsMandatory() throws Exception {
        var pool = pool(1, LONG, NO_HOOKS);
        var release = new CountDownLatch(1);
        var started = new CountDownLatch(1);
        pool.execute(() -> {
            started.countDown();
            waitingFor(release).run();
        });
        started.await();
        var ran = Collections.synchronizedList(new ArrayList<String>());
        var dropped = new BlockingTask<>(scheduler, () -> ran.add("dropped"), false, null);
        var mandatory = new BlockingTask<>(scheduler, () -> ran.add("mandatory"), true, null);
        pool.execute(dropped);
        pool.execute(mandatory);
        pool.shutDown();
        assertFalse(pool.execute(() -> ran.add("late")));
        assertTrue(dropped.isFinished());
        assertFalse(isFinished(mandatory));
        assertFalse(pool.awaitEnd(0), "a job still runs");
        release.countDown();
        end(pool);
        assertEquals(List.of("mandatory"), ran);
        assertTrue(isFinished(mandatory));
    }

    private static boolean isFinished(JoinHandle<?> handle) {
        return handle.isFinished();
    }

    @Test
    void anAbortDropsAJobThatHasNotStarted() throws Exception {
        var pool = pool(1, LONG, NO_HOOKS);
        var release = new CountDownLatch(1);
        pool.execute(waitingFor(release));
        var calls = new AtomicInteger();
        var job = new BlockingTask<>(scheduler, calls::incrementAndGet, false, null);
        pool.execute(job);
        job.abort();
        assertTrue(job.isFinished());
        release.countDown();
        run(pool);
        assertEquals(0, calls.get());
        end(pool);
    }

    @Test
    void busyThreadsAreNamedWithTheirJobs() throws Exception {
        var pool = pool(2, LONG, NO_HOOKS);
        var release = new CountDownLatch(1);
        var started = new CountDownLatch(1);
        var job = new BlockingTask<>(scheduler, () -> {
            started.countDown();
            release.await();
            return 1;
        }, false, null);
        pool.execute(job);
        started.await();
        assertEquals(List.of("test: " + job), pool.busyThreads(BlockingTask.class));
        release.countDown();
        end(pool);
    }
}
