package dev.edo.impl.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.net.TcpListener;
import dev.edo.net.TcpStream;
import dev.edo.runtime.EdoRuntime;
import dev.edo.runtime.Handle;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import dev.edo.task.TaskId;
import dev.edo.time.Instant;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Jobs of the blocking pool as a program sees them. */
class SpawnBlockingTest extends ContractTest {
    @Test
    void jobRunsOnAPlatformThreadInsideTheRuntime() throws Exception {
        var job = handle.spawnBlocking(() -> {
            assertFalse(Thread.currentThread().isVirtual());
            assertEquals(handle.id(), Handle.current().id());
            return TaskId.current();
        });
        assertEquals(job.id(), resultOf(job));
    }

    @Test
    void taskAwaitsAJob() throws Exception {
        assertEquals(6, resultOf(style.<Integer>spawn(handle, () -> Edo.spawnBlocking(() -> 5).map(five -> five + 1))));
    }

    /**
     * Short jobs end while whoever drives the task looks out for that, just as it stops to, or when it sleeps. That the
     * looking out has taken the wake-up of the drivers must not leave the task waiting.
     */
    @Test
    void jobsAwaitedOneAfterTheOtherAreNeverMissed() throws Exception {
        resultOf(style.spawn(handle, () -> new JobAfterJob(5_000)));
    }

    /** Awaits so many jobs, each of which is given when the last one has ended. */
    private static final class JobAfterJob implements Future<@Nullable Void> {
        private int left;
        private @Nullable JoinHandle<Integer> job;

        JobAfterJob(int jobs) {
            left = jobs;
        }

        @Override
        public Poll<@Nullable Void> poll(Context cx) throws Exception {
            while (left > 0) {
                var current = job;
                if (current == null) {
                    current = Edo.spawnBlocking(() -> 1);
                    job = current;
                }
                if (!current.poll(cx).isReady()) {
                    return Poll.pending();
                }
                job = null;
                left--;
            }
            return Poll.ready();
        }
    }

    @Test
    void jobAwaitsATaskAndSpawnsOne() throws Exception {
        assertEquals(5, resultOf(handle.spawnBlocking(() -> style.run(Handle.current(), () -> 5).await())));
    }

    @Test
    void jobAwaitsAJob() throws Exception {
        assertEquals(5, resultOf(handle.spawnBlocking(() -> Edo.spawnBlocking(() -> 5).await())));
    }

    @Test
    void jobSleeps() throws Exception {
        assertEquals(5, resultOf(handle.spawnBlocking(() -> {
            Edo.sleep(Duration.ofMillis(5)).await();
            return 5;
        })));
    }

    @Test
    void jobRunsABlockOnOfItsOwnRuntime() throws Exception {
        var gate = new Gate<Integer>();
        var job = handle.spawnBlocking(() -> Handle.current().blockOn(gate));
        Eventually.opened("the future is polled", gate.waiting);
        gate.open(3);
        assertEquals(3, resultOf(job));
    }

    @Test
    void failureOfAJobIsReported() throws Exception {
        var thrown = new IllegalStateException("boom");
        var error = failureOf(handle.spawnBlocking(() -> {
            throw thrown;
        }));
        assertTrue(error.isPanic());
        assertSame(thrown, error.getCause());
        assertEquals(1, resultOf(handle.spawnBlocking(() -> 1)));
    }

    @Test
    void limitIsHonouredAndJobsStartInOrder() throws Exception {
        running.close();
        try (var own = Running.of(setup.builder().maxBlockingThreads(2))) {
            var active = new AtomicInteger();
            var most = new AtomicInteger();
            var order = new CopyOnWriteArrayList<Integer>();
            var busy = new CountDownLatch(2);
            var release = new CountDownLatch(1);
            var jobs = new ArrayList<JoinHandle<@Nullable Void>>();
            for (int i = 0; i < 2; i++) {
                jobs.add(own.handle().spawnBlocking(() -> {
                    busy.countDown();
                    Eventually.opened("the job is released", release);
                }));
            }
            Eventually.opened("both threads are busy", busy);
            var single = new Object();
            for (int i = 0; i < 50; i++) {
                int number = i;
                jobs.add(own.handle().spawnBlocking(() -> {
                    synchronized (single) {
                        order.add(number);
                    }
                    most.accumulateAndGet(active.incrementAndGet(), Math::max);
                    Thread.yield();
                    active.decrementAndGet();
                }));
            }
            var metrics = own.handle().metrics();
            assertEquals(50, metrics.blockingQueueDepth());
            assertEquals(2, metrics.numBlockingThreads());
            release.countDown();
            for (var job : jobs) {
                resultOf(job);
            }
            assertTrue(most.get() <= 2, () -> "at the same time: " + most);
            assertEquals(IntStream.range(0, 50).boxed().toList(), order.stream().sorted().toList());
            assertTrue(inOrderUpToOne(order), order::toString);
            Eventually.until("both are idle", () -> metrics.numIdleBlockingThreads() == 2);
            assertEquals(0, metrics.blockingQueueDepth());
        }
    }

    /** Two threads take the jobs in order, so that each is noted at most one place away from its own. */
    private static boolean inOrderUpToOne(List<Integer> order) {
        return IntStream.range(0, order.size()).allMatch(i -> order.get(i) <= i + 1);
    }

    @Test
    void idleThreadsEndAfterTheKeepAlive() throws Exception {
        running.close();
        try (var own = Running.of(setup.builder().threadKeepAlive(Duration.ofMillis(30)))) {
            for (int i = 0; i < 5; i++) {
                resultOf(own.handle().spawnBlocking(() -> 1));
            }
            Eventually.until("the threads end", () -> own.handle().metrics().numBlockingThreads() == 0);
            assertEquals(0, own.handle().metrics().numIdleBlockingThreads());
            assertEquals(2, resultOf(own.handle().spawnBlocking(() -> 2)));
        }
    }

    @Test
    void abortDropsAJobInTheQueue() throws Exception {
        running.close();
        try (var own = Running.of(setup.builder().maxBlockingThreads(1))) {
            var busy = new CountDownLatch(1);
            var release = new CountDownLatch(1);
            var first = own.handle().spawnBlocking(() -> {
                busy.countDown();
                Eventually.opened("the job is released", release);
                return 1;
            });
            Eventually.opened("the thread is busy", busy);
            var ran = new AtomicBoolean();
            var second = own.handle().spawnBlocking(() -> ran.getAndSet(true));
            var third = own.handle().spawnBlocking(() -> 3);
            second.abort();
            assertTrue(failureOf(second).isCancelled(), "at once, though the thread is busy");
            release.countDown();
            assertEquals(1, resultOf(first));
            assertEquals(3, resultOf(third));
            assertFalse(ran.get());
        }
    }

    @Test
    void abortDoesNotTouchARunningJob() throws Exception {
        var busy = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var job = handle.spawnBlocking(() -> {
            busy.countDown();
            Eventually.opened("the job is released", release);
            return 1;
        });
        Eventually.opened("the job runs", busy);
        job.abort();
        assertFalse(job.isFinished());
        release.countDown();
        assertEquals(1, resultOf(job));
    }

    @Test
    void mandatoryJobsRunAtShutdown() throws Exception {
        running.close();
        var own = Running.of(setup.builder().maxBlockingThreads(1));
        var busy = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        own.handle().spawnBlocking(() -> {
            busy.countDown();
            Eventually.opened("the job is released", release);
        });
        Eventually.opened("the thread is busy", busy);
        var optional = own.handle().spawnBlocking(() -> 1);
        var mandatory = ((RuntimeHandle) own.handle()).spawnBlocking(() -> 2, true);
        var closing = Thread.ofPlatform().start(() -> own.runtime().close());
        assertTrue(failureOf(optional).isCancelled());
        release.countDown();
        assertEquals(2, resultOf(mandatory));
        assertTrue(closing.join(Eventually.PATIENCE), "close() returns");
        own.close();
    }

    @Test
    void defaultLimitIs512() throws Exception {
        var release = new CountDownLatch(1);
        var busy = new CountDownLatch(512);
        var jobs = new ArrayList<JoinHandle<@Nullable Void>>();
        for (int i = 0; i < 520; i++) {
            jobs.add(handle.spawnBlocking(() -> {
                busy.countDown();
                Eventually.opened("the job is released", release);
            }));
        }
        Eventually.opened("512 jobs run", busy);
        assertEquals(512, handle.metrics().numBlockingThreads());
        assertEquals(8, handle.metrics().blockingQueueDepth());
        release.countDown();
        for (var job : jobs) {
            resultOf(job);
        }
    }

    /** The pool is full of jobs that wait for tasks, which must not need a thread of the pool to run. */
    @Test
    void tasksRunWhileThePoolIsFull() throws Exception {
        running.close();
        try (var own = Running.of(setup.builder().maxBlockingThreads(1))) {
            var gate = new Gate<Integer>();
            var job = own.handle().spawnBlocking(() -> gate.await());
            Eventually.opened("the job waits", gate.waiting);
            resultOf(style.run(own.handle(), () -> {
                gate.open(1);
                return null;
            }));
            assertEquals(1, resultOf(job));
        }
    }

    /**
     * The clock is stopped and the runtime sleeps while a job runs, however long it takes; the end of the job, awaited
     * or not, and be it a failure, wakes the runtime, whose clock then jumps to the next timer.
     */
    @Test
    void endOfAJobLetsAStoppedClockGoOn() throws Exception {
        if (setup.isMultiThread()) {
            return; // its clock cannot be stopped
        }
        running.close();
        try (var own = setup.builder().startPaused(true).build()) {
            Eventually.returns("the test", () -> own.blockOn(() -> {
                assertEquals(1, Edo.timeout(Duration.ofMillis(1), outlasting(own, 1)).await());
                var fails = outlasting(own, 0);
                assertThrows(JoinError.class, () -> Edo.timeout(Duration.ofMillis(1), fails).await());
                var before = Instant.now();
                var unawaited = outlasting(own, 2);
                Edo.sleep(Duration.ofHours(1)).await();
                assertEquals(Duration.ofHours(1), before.elapsed());
                assertTrue(unawaited.isFinished());
                return unawaited.await();
            }));
        }
    }

    /** A job that runs until the runtime has gone to sleep, and then divides. */
    private static JoinHandle<Integer> outlasting(EdoRuntime runtime, int divisor) {
        long parks = runtime.metrics().workerParkCount(0);
        return runtime.spawnBlocking(() -> {
            Eventually.until("the runtime sleeps", () -> runtime.metrics().workerParkCount(0) > parks);
            return divisor / divisor;
        });
    }

    @Test
    void jobUsesSockets() throws Exception {
        assertEquals(1, resultOf(style.<Integer>spawn(handle, () -> Edo.spawnBlocking(() -> {
            try (var listener = TcpListener.bind("127.0.0.1:0").await();
                    var client = TcpStream.connect(listener.localAddress()).await();
                    var server = listener.accept().await()) {
                client.writeAll(ByteBuffer.wrap(new byte[] {1})).await();
                return server.read(ByteBuffer.allocate(1)).await();
            }
        }))));
    }

    /**
     * A thread that has been told of a job but does not run it yet must not count as idle: the next job would wait for it,
     * for ever where the first one takes that long (tokio-rs/tokio#8056). Short jobs bring threads into that state, then
     * two come that last until the end.
     */
    @Test
    void jobsThatLastDoNotKeepOthersFromAThread() throws Exception {
        for (int round = 0; round < 20; round++) {
            var release = new CountDownLatch(1);
            var lasting = new ArrayList<JoinHandle<@Nullable Void>>();
            for (int i = 0; i < 3; i++) {
                resultOf(handle.spawnBlocking(() -> 1));
                resultOf(handle.spawnBlocking(() -> 1));
                var started = new CountDownLatch(2);
                for (int k = 0; k < 2; k++) {
                    lasting.add(handle.spawnBlocking(() -> {
                        started.countDown();
                        release.await();
                    }));
                }
                Eventually.opened("both jobs have a thread", started);
            }
            release.countDown();
            for (var job : lasting) {
                resultOf(job);
            }
        }
    }

    @Test
    void failureWithoutARuntime() {
        assertThrows(IllegalStateException.class, () -> Edo.spawnBlocking(() -> 1));
        assertThrows(IllegalStateException.class, () -> Edo.spawn(() -> 1));
        assertThrows(IllegalStateException.class, () -> Edo.spawn(Future.ready(1)));
        assertThrows(IllegalStateException.class, () -> Edo.sleep(Duration.ZERO));
    }
}
