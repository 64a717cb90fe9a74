package dev.edo.impl.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Future;
import dev.edo.future.Join;
import dev.edo.future.Poll;
import dev.edo.net.TcpListener;
import dev.edo.net.TcpStream;
import dev.edo.runtime.DurationRange;
import dev.edo.runtime.EdoRuntime;
import dev.edo.runtime.Handle;
import dev.edo.runtime.HistogramConfiguration;
import dev.edo.runtime.LogHistogram;
import dev.edo.runtime.RuntimeMetrics;
import dev.edo.sync.Oneshot;
import dev.edo.task.Coop;
import dev.edo.task.JoinHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What the figures of a runtime count, told by runtimes that nobody but the test drives. */
class RuntimeMetricsTest {
    private static final HistogramConfiguration THREE_BUCKETS =
            HistogramConfiguration.linear(Duration.ofMillis(50), 3);

    private static long sum(RuntimeMetrics metrics, IntToLongFunction ofWorker) {
        return IntStream.range(0, metrics.numWorkers()).mapToLong(ofWorker).sum();
    }

    private static <T extends @Nullable Object> T blockOn(EdoRuntime runtime, Future<T> future) throws Exception {
        return Eventually.returns("blockOn", () -> runtime.blockOn(future));
    }

    private interface Wait {
        void on(Gate<Integer> gate) throws Exception;
    }

    /** Waits for a gate that opens when all workers sleep: a wake-up during a poll would be the poller's own affair. */
    private static void untilAsleep(EdoRuntime runtime, Wait wait) throws Exception {
        var gate = new Gate<Integer>();
        var opener = Thread.ofPlatform().start(() -> {
            try {
                Eventually.opened("somebody waits", gate.waiting);
                for (int i = 0; i < runtime.metrics().numWorkers(); i++) {
                    int worker = i;
                    Eventually.until("worker " + i + " sleeps",
                            () -> runtime.metrics().workerParkUnparkCount(worker) % 2 == 1);
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            gate.open(1);
        });
        wait.on(gate);
        opener.join();
    }

    /** Spawns one task after the other inside {@code blockOn}. */
    private static Future<Integer> oneByOne(int left) {
        return left == 0 ? Future.ready(0) : Edo.spawn(Future.ready(left)).then(_ -> oneByOne(left - 1));
    }

    // --- tasks

    @ParameterizedTest
    @EnumSource(Setup.class)
    void tasksAreCountedWhenTheyAreSpawnedAndUntilTheyEnd(Setup setup) throws Exception {
        try (var runtime = setup.builder().build()) {
            var metrics = runtime.metrics();
            assertEquals(0, metrics.numAliveTasks());
            assertEquals(0, metrics.spawnedTasksCount());
            assertEquals(1, blockOn(runtime, runtime.spawn(Future.lazy(metrics::numAliveTasks))));
            assertEquals(0, metrics.numAliveTasks());
            assertEquals(1, metrics.spawnedTasksCount());
            assertEquals(2, blockOn(runtime, runtime.spawn(metrics::spawnedTasksCount)));
            assertEquals(0, metrics.numAliveTasks());
        }
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void spawnFromOutsideIsRemote(Setup setup) throws Exception {
        try (var runtime = setup.builder().build()) {
            var task = Eventually.returns("spawn", () -> runtime.spawn(Future.ready(1)));
            blockOn(runtime, task);
            assertEquals(1, runtime.metrics().remoteScheduleCount());
            assertEquals(0, sum(runtime.metrics(), runtime.metrics()::workerLocalScheduleCount));
        }
    }

    /** The thread that yields is queued by whoever carries it, be it in the queue for what comes from outside. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void yieldOfAThreadIsNotRemote(Setup setup) throws Exception {
        try (var runtime = setup.builder().build()) {
            var task = Eventually.returns("spawn", () -> runtime.spawn(() -> {
                Thread.yield();
                return 1;
            }));
            blockOn(runtime, task);
            assertEquals(1, runtime.metrics().remoteScheduleCount());
        }
    }

    /** A task that spawns another: only on a current-thread runtime is {@code blockOn} inside. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void spawnFromInsideIsLocal(Setup setup) throws Exception {
        try (var runtime = setup.builder().build()) {
            var metrics = runtime.metrics();
            blockOn(runtime, Future.lazy(() -> {
                var channel = Oneshot.<Integer>channel();
                Edo.spawn(Future.lazy(() -> Edo.spawn(Future.lazy(() -> channel.sender().send(1)))));
                return channel.receiver();
            }).then(receiver -> receiver));
            assertEquals(setup.isMultiThread() ? 1 : 0, metrics.remoteScheduleCount());
            Eventually.until("both schedules are counted",
                    () -> sum(metrics, metrics::workerLocalScheduleCount) == (setup.isMultiThread() ? 1 : 2));
        }
    }

    @ParameterizedTest
    @EnumSource(names = "CURRENT_THREAD")
    void wakeFromOutsideIsRemote(Setup setup) throws Exception {
        try (var runtime = setup.builder().build()) {
            untilAsleep(runtime, gate -> blockOn(runtime, Future.lazy(() -> Edo.spawn(gate)).then(task -> task)));
            assertEquals(1, runtime.metrics().remoteScheduleCount());
            assertEquals(1, runtime.metrics().workerLocalScheduleCount(0));
        }
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void sharedQueueIsAsDeepAsTasksWaitInIt(Setup setup) throws Exception {
        try (var runtime = setup.builder().build()) {
            var release = new CountDownLatch(1);
            if (setup.isMultiThread()) {
                var busy = new CountDownLatch(setup.workers());
                for (int i = 0; i < setup.workers(); i++) {
                    runtime.spawn(Future.lazy(() -> {
                        busy.countDown();
                        Eventually.opened("the worker is released", release);
                        return null;
                    }));
                }
                Eventually.opened("the workers are busy", busy);
            }
            for (int i = 0; i < 10; i++) {
                assertEquals(i, runtime.metrics().globalQueueDepth());
                runtime.spawn(Future.ready(1));
            }
            release.countDown();
        }
    }

    /** Only tasks that wait count, not the one in the LIFO slot. */
    @ParameterizedTest
    @EnumSource(names = {"CURRENT_THREAD", "ONE_WORKER"})
    void ownQueueIsAsDeepAsTasksWaitInIt(Setup setup) throws Exception {
        try (var runtime = setup.builder().build()) {
            int inSlot = setup.isMultiThread() ? 1 : 0;
            Future<Integer> body = Future.lazy(() -> {
                for (int i = 0; i < 100 + inSlot; i++) {
                    Edo.spawn(Future.ready(1));
                }
                return runtime.metrics().workerLocalQueueDepth(0);
            });
            assertEquals(100, (int) blockOn(runtime, setup.isMultiThread() ? runtime.spawn(body) : body));
        }
    }

    @ParameterizedTest
    @EnumSource(names = "ONE_WORKER")
    void queueThatOverflowsIsCountedOnce(Setup setup) throws Exception {
        try (var runtime = setup.builder().build()) {
            blockOn(runtime, runtime.spawn(Future.lazy(() -> {
                for (int i = 0; i < 300; i++) {
                    Edo.spawn(Future.ready(1));
                }
                return null;
            })));
            assertEquals(1, runtime.metrics().workerOverflowCount(0));
        }
    }

    // --- workers

    @ParameterizedTest
    @EnumSource(Setup.class)
    void pollsAndTheirTimesAreCounted(Setup setup) throws Exception {
        var runtime = setup.builder().build();
        var metrics = runtime.metrics();
        blockOn(runtime, Future.ready(0).then(_ -> oneByOne(5)));
        runtime.close();
        assertEquals(5, sum(metrics, metrics::workerPollCount));
        assertTrue(sum(metrics, worker -> metrics.workerMeanPollTime(worker).toNanos()) > 0);
        for (int worker = 0; worker < metrics.numWorkers(); worker++) {
            assertTrue(metrics.workerTotalBusyDuration(worker).isPositive(), "busy time of worker " + worker);
        }
        assertFalse(metrics.pollTimeHistogramEnabled());
        assertFalse(metrics.scheduleLatencyHistogramEnabled());
        assertEquals(0, metrics.pollTimeHistogramNumBuckets());
        assertEquals(0, metrics.pollTimeHistogramBucketCount(0, 7));
        assertEquals(0, metrics.scheduleLatencyHistogramBucketCount(0, 7));
        var message = assertThrows(IndexOutOfBoundsException.class,
                () -> metrics.pollTimeHistogramBucketRange(0)).getMessage();
        assertTrue(message.contains("enableMetricsPollTimeHistogram()"), message);
    }

    /** There is always something to run, so that nobody sleeps: the busy time grows all the same. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void busyTimeGrowsWithoutASleep(Setup setup) throws Exception {
        try (var runtime = setup.builder().build()) {
            var metrics = runtime.metrics();
            var before = new AtomicLong(-1);
            var polls = new AtomicInteger();
            Future<Boolean> busy = Future.of(cx -> {
                long nanos = sum(metrics, worker -> metrics.workerTotalBusyDuration(worker).toNanos());
                before.compareAndSet(-1, nanos);
                if (nanos > before.get() || polls.incrementAndGet() > 10_000) {
                    return Poll.ready(nanos > before.get());
                }
                cx.waker().wake();
                return Poll.pending();
            });
            boolean grew = blockOn(runtime, runtime.spawn(busy));
            assertTrue(grew);
        }
    }

    /** Each goes to sleep at the start (odd), wakes up for work or the end, and is awake at the end (even). */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void parksAndUnparksComeInPairs(Setup setup) throws Exception {
        var runtime = setup.builder().build();
        var metrics = runtime.metrics();
        untilAsleep(runtime, gate -> blockOn(runtime, gate));
        long before = sum(metrics, metrics::workerParkUnparkCount);
        blockOn(runtime, runtime.spawn(Edo.yieldNow()));
        untilAsleep(runtime, gate -> blockOn(runtime, gate));
        assertTrue(sum(metrics, metrics::workerParkUnparkCount) >= before + 2, "woke up and slept again");
        runtime.close();
        for (int worker = 0; worker < metrics.numWorkers(); worker++) {
            assertEquals(0, metrics.workerParkUnparkCount(worker) % 2, "worker " + worker);
            assertTrue(metrics.workerParkCount(worker) >= 1, "worker " + worker);
        }
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void sleepWithoutTasksIsANoop(Setup setup) throws Exception {
        var runtime = setup.builder().build();
        var metrics = runtime.metrics();
        untilAsleep(runtime, gate -> blockOn(runtime, gate));
        runtime.close();
        for (int worker = 0; worker < metrics.numWorkers(); worker++) {
            assertTrue(metrics.workerNoopCount(worker) > 0, "worker " + worker);
        }
    }

    // --- the blocking pool

    @ParameterizedTest
    @EnumSource(Setup.class)
    void threadsOfTheBlockingPoolAreCountedWithoutTheWorkers(Setup setup) throws Exception {
        var runtime = setup.builder().build();
        var metrics = runtime.metrics();
        assertEquals(0, metrics.numBlockingThreads());
        assertEquals(0, metrics.numIdleBlockingThreads());
        blockOn(runtime, runtime.spawnBlocking(() -> 1));
        assertEquals(1, metrics.numBlockingThreads());
        Eventually.until("its thread is idle", () -> metrics.numIdleBlockingThreads() == 1);
        runtime.close();
        assertEquals(0, metrics.numIdleBlockingThreads());
        assertEquals(0, metrics.numBlockingThreads());
    }

    // --- budgets

    /** Two futures of one poll are refused: that is one yield. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void yieldThatABudgetForcesIsCountedOnce(Setup setup) throws Exception {
        try (var runtime = setup.builder().build()) {
            blockOn(runtime, runtime.spawn(greedyOnce()));
            assertEquals(1, runtime.metrics().budgetForcedYieldCount());
            blockOn(runtime, runtime.spawn(Future.lazy(() -> Join.of(greedyOnce(), greedyOnce())).then(both -> both)));
            assertEquals(2, runtime.metrics().budgetForcedYieldCount());
            blockOn(runtime, runtime.spawn(() -> Join.of(greedyOnce(), greedyOnce()).await()));
            assertEquals(3, runtime.metrics().budgetForcedYieldCount());
            if (!setup.isMultiThread()) {
                blockOn(runtime, Join.of(greedyOnce(), greedyOnce()));
                assertEquals(4, runtime.metrics().budgetForcedYieldCount());
            }
        }
    }

    /** Uses the budget up, is refused, and completes with the next poll. */
    private static Future<@Nullable Void> greedyOnce() {
        var refused = new boolean[1];
        return Future.of(cx -> {
            while (!refused[0]) {
                refused[0] = !Coop.consumeBudget().poll(cx).isReady();
                if (refused[0]) {
                    return Poll.pending();
                }
            }
            return Poll.ready();
        });
    }

    // --- I/O

    @ParameterizedTest
    @EnumSource(Setup.class)
    void descriptorsAndTheirEventsAreCounted(Setup setup) throws Exception {
        try (var running = setup.start()) {
            var metrics = running.handle().metrics();
            assertEquals(0, metrics.ioDriverFdRegisteredCount());
            ContractTest.resultOf(running.handle().spawn(() -> {
                var listener = TcpListener.bind("127.0.0.1:0").await();
                assertEquals(1, metrics.ioDriverFdRegisteredCount());
                var stream = TcpStream.connect(listener.localAddress()).await();
                assertEquals(2, metrics.ioDriverFdRegisteredCount());
                assertEquals(0, metrics.ioDriverFdDeregisteredCount());
                assertTrue(metrics.ioDriverReadyCount() >= 1);
                stream.close();
                assertEquals(1, metrics.ioDriverFdDeregisteredCount());
                listener.close();
            }));
            assertEquals(2, metrics.ioDriverFdRegisteredCount());
            assertEquals(2, metrics.ioDriverFdDeregisteredCount());
        }
    }

    // --- histograms

    private static long pollTimes(RuntimeMetrics metrics) {
        return IntStream.range(0, metrics.pollTimeHistogramNumBuckets())
                .mapToLong(bucket -> sum(metrics, worker -> metrics.pollTimeHistogramBucketCount(worker, bucket)))
                .sum();
    }

    private static long latencies(RuntimeMetrics metrics) {
        return IntStream.range(0, metrics.scheduleLatencyHistogramNumBuckets())
                .mapToLong(bucket ->
                        sum(metrics, worker -> metrics.scheduleLatencyHistogramBucketCount(worker, bucket)))
                .sum();
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void eachPollIsInOneBucket(Setup setup) throws Exception {
        for (var buckets : new HistogramConfiguration[] {THREE_BUCKETS, LogHistogram.builder().build()}) {
            var runtime = setup.builder()
                    .enableMetricsPollTimeHistogram()
                    .metricsPollTimeHistogramConfiguration(buckets)
                    .build();
            var metrics = runtime.metrics();
            assertTrue(metrics.pollTimeHistogramEnabled());
            assertEquals(buckets.numBuckets(), metrics.pollTimeHistogramNumBuckets());
            assertEquals(buckets.bucketRange(1), metrics.pollTimeHistogramBucketRange(1));
            blockOn(runtime, Future.ready(0).then(_ -> oneByOne(50)));
            runtime.close();
            assertEquals(50, pollTimes(metrics));
            assertThrows(IndexOutOfBoundsException.class,
                    () -> metrics.pollTimeHistogramBucketCount(0, buckets.numBuckets()));
            assertThrows(IndexOutOfBoundsException.class,
                    () -> metrics.pollTimeHistogramBucketRange(buckets.numBuckets()));
            assertThrows(IndexOutOfBoundsException.class, () -> metrics.pollTimeHistogramBucketCount(-1, 0));
        }
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void longPollIsInTheBucketOfItsTime(Setup setup) throws Exception {
        var runtime = setup.builder()
                .enableMetricsPollTimeHistogram()
                .metricsPollTimeHistogramConfiguration(HistogramConfiguration.linear(Duration.ofMillis(5), 2))
                .build();
        var metrics = runtime.metrics();
        for (int i = 0; i < 3; i++) {
            blockOn(runtime, runtime.spawn(Future.lazy(() -> {
                spin(Duration.ofMillis(5));
                return null;
            })));
            blockOn(runtime, runtime.spawn(() -> spin(Duration.ofMillis(5))));
        }
        runtime.close();
        assertEquals(6, sum(metrics, worker -> metrics.pollTimeHistogramBucketCount(worker, 1)));
    }

    private static void spin(Duration time) {
        long startNanos = System.nanoTime();
        while (System.nanoTime() - startNanos < time.toNanos()) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void histogramsHaveTenBucketsOf100MicrosecondsByDefault(Setup setup) {
        try (var runtime = setup.builder()
                .enableMetricsPollTimeHistogram().enableMetricsScheduleLatencyHistogram().build()) {
            var metrics = runtime.metrics();
            var second = new DurationRange(Duration.ofNanos(100_000), Duration.ofNanos(200_000));
            assertEquals(10, metrics.pollTimeHistogramNumBuckets());
            assertEquals(second, metrics.pollTimeHistogramBucketRange(1));
            assertEquals(10, metrics.scheduleLatencyHistogramNumBuckets());
            assertEquals(second, metrics.scheduleLatencyHistogramBucketRange(1));
        }
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void histogramThatIsOnlyConfiguredIsNotEnabled(Setup setup) {
        try (var runtime = setup.builder()
                .metricsPollTimeHistogramConfiguration(THREE_BUCKETS)
                .metricsScheduleLatencyHistogramConfiguration(THREE_BUCKETS)
                .build()) {
            assertFalse(runtime.metrics().pollTimeHistogramEnabled());
            assertFalse(runtime.metrics().scheduleLatencyHistogramEnabled());
        }
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void eachWaitForATurnIsInOneBucket(Setup setup) throws Exception {
        var runtime = setup.builder()
                .enableMetricsScheduleLatencyHistogram()
                .metricsScheduleLatencyHistogramConfiguration(THREE_BUCKETS)
                .build();
        var metrics = runtime.metrics();
        blockOn(runtime, Future.ready(0).then(_ -> oneByOne(50)));
        assertEquals(50, latencies(metrics));
        var tasks = new ArrayList<JoinHandle<Integer>>();
        for (int i = 0; i < 50; i++) {
            tasks.add(runtime.spawn(() -> {
                Edo.yieldNow().await();
                return 1;
            }));
        }
        for (var task : tasks) {
            blockOn(runtime, task);
        }
        runtime.close();
        assertEquals(150, latencies(metrics), "in direct style each waits once before it starts and once in its yield");
    }

    /** The second one waits in the LIFO slot until the first one's poll ends. */
    @ParameterizedTest
    @EnumSource(names = {"CURRENT_THREAD", "ONE_WORKER"})
    void taskBehindALongPollHasWaitedAsLong(Setup setup) throws Exception {
        var runtime = setup.builder()
                .enableMetricsScheduleLatencyHistogram()
                .metricsScheduleLatencyHistogramConfiguration(HistogramConfiguration.linear(Duration.ofMillis(10), 3))
                .enableMetricsPollTimeHistogram()
                .build();
        var metrics = runtime.metrics();
        blockOn(runtime, runtime.spawn(Future.lazy(() -> {
            Edo.spawn(Future.ready(1));
            spin(Duration.ofMillis(20));
            return null;
        })));
        Eventually.until("the second one ran", () -> {
            blockOn(runtime, Edo.yieldNow());
            return metrics.numAliveTasks() == 0;
        });
        runtime.close();
        assertEquals(2, latencies(metrics));
        assertTrue(metrics.scheduleLatencyHistogramBucketCount(0, 2) >= 1);
        assertEquals(setup.isMultiThread() ? 1 : 2, pollTimes(metrics), "the LIFO slot is part of the same poll");
    }

    /** With the histogram the scheduler has another face: everything else is as before. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "ONE_WORKER")
    void tasksOfARuntimeThatMeasuresEndAsOthersDo(Setup setup) throws Exception {
        var builder = setup.builder().enableMetricsScheduleLatencyHistogram().enableMetricsPollTimeHistogram();
        var running = Running.of(builder);
        var lock = new Object();
        var tasks = new ArrayList<JoinHandle<Integer>>();
        for (int i = 0; i < 200; i++) {
            tasks.add(running.handle().spawn(() -> {
                synchronized (lock) {
                    Thread.yield();
                }
                return Handle.current().spawn(Future.ready(1)).await();
            }));
        }
        for (var task : tasks) {
            assertEquals(1, ContractTest.resultOf(task));
        }
        var gate = new Gate<Integer>();
        var waiting = running.handle().spawn(gate);
        Eventually.opened("the task waits", gate.waiting);
        running.close();
        assertTrue(ContractTest.failureOf(waiting).isCancelled());
        assertEquals(0, running.handle().metrics().numAliveTasks());
    }
}
