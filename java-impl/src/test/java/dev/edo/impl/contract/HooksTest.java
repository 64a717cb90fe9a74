package dev.edo.impl.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Future;
import dev.edo.runtime.Handle;
import dev.edo.runtime.RuntimeBuilder;
import dev.edo.runtime.RuntimeMetrics;
import dev.edo.runtime.TaskMeta;
import dev.edo.task.Action;
import dev.edo.task.JoinHandle;
import dev.edo.task.JoinSet;
import dev.edo.task.TaskId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The callbacks about tasks: when they come, and that they harm nobody. */
class HooksTest extends ContractTest {
    private final CopyOnWriteArrayList<String> calls = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<TaskMeta> metas = new ConcurrentLinkedQueue<>();
    private Thread.@Nullable UncaughtExceptionHandler outer;
    private final AtomicInteger uncaught = new AtomicInteger();

    @BeforeEach
    void catchWhatHooksThrow() {
        outer = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((_, _) -> uncaught.incrementAndGet());
    }

    @AfterEach
    void restore() {
        Thread.setDefaultUncaughtExceptionHandler(outer);
    }

    private RuntimeBuilder recording() {
        return setup.builder()
                .onTaskSpawn(meta -> note("spawn", meta))
                .onBeforeTaskPoll(meta -> note("before", meta))
                .onAfterTaskPoll(meta -> note("after", meta))
                .onTaskTerminate(meta -> note("terminate", meta));
    }

    private void note(String what, TaskMeta meta) {
        calls.add(what);
        metas.add(meta);
    }

    /** A task in direct style ends on its own thread, inside its last mount; a stackless one after its last poll. */
    private List<String> lastPoll() {
        return style == Style.DIRECT
                ? List.of("before", "terminate", "after")
                : List.of("before", "after", "terminate");
    }

    @Test
    void hooksComeInOrder() throws Exception {
        try (var own = Running.of(recording())) {
            var task = style.run(own.handle(), () -> 1);
            resultOf(task);
            Eventually.until(calls::toString, () -> calls.size() == 4);
            assertEquals("spawn", calls.getFirst());
            assertEquals(lastPoll(), calls.subList(1, 4));
            for (var meta : metas) {
                assertEquals(task.id(), meta.id());
                assertEquals(style == Style.DIRECT, meta.isDirectStyle());
            }
        }
    }

    @Test
    void everyPollIsBracketed() throws Exception {
        try (var own = Running.of(recording())) {
            var gate = new Gate<Integer>();
            var task = style.spawn(own.handle(), () -> gate);
            Eventually.opened("the task waits", gate.waiting);
            Eventually.until(calls::toString, () -> calls.size() == 3);
            assertEquals(List.of("spawn", "before", "after"), calls);
            gate.open(1);
            resultOf(task);
            Eventually.until(calls::toString, () -> calls.size() == 6);
            assertEquals(lastPoll(), calls.subList(3, 6));
        }
    }

    @Test
    void terminateComesForAbortedAndPanickedTasks() throws Exception {
        try (var own = Running.of(recording())) {
            var gate = new Gate<Integer>();
            var aborted = style.spawn(own.handle(), () -> gate);
            Eventually.opened("the task waits", gate.waiting);
            aborted.abort();
            failureOf(aborted);
            Eventually.until(calls::toString, () -> calls.stream().filter("terminate"::equals).count() == 1);
            failureOf(style.run(own.handle(), () -> {
                throw new IllegalStateException("boom");
            }));
            Eventually.until(calls::toString, () -> calls.stream().filter("terminate"::equals).count() == 2);
        }
    }

    @Test
    void terminateComesAtShutdown() throws Exception {
        try (var own = Running.of(recording())) {
            var gate = new Gate<Integer>();
            style.spawn(own.handle(), () -> gate);
            Eventually.opened("the task waits", gate.waiting);
        }
        assertEquals(1, calls.stream().filter("terminate"::equals).count(), calls::toString);
    }

    /** It ends at once, cancelled, and who counts tasks counts it up before it is counted down. */
    @Test
    void taskThatIsRefusedAfterShutdownWasSpawnedToo() throws Exception {
        Handle late;
        try (var own = Running.of(recording())) {
            late = own.handle();
        }
        assertTrue(failureOf(style.run(late, () -> 1)).isCancelled());
        assertEquals(List.of("spawn", "terminate"), calls);
    }

    @Test
    void spawnHookRunsWhereTheTaskIsSpawned() throws Exception {
        var threads = new CopyOnWriteArrayList<Thread>();
        var builder = setup.builder().onTaskSpawn(_ -> threads.add(Thread.currentThread()));
        try (var own = Running.of(builder)) {
            resultOf(style.run(own.handle(), () -> 1));
            assertEquals(List.of(Thread.currentThread()), threads);
        }
    }

    /** All hooks are told the line of this file that called spawn, or a method of Edo's that spawns. */
    @Test
    void spawnedAtIsTheLineOfTheProgram() throws Exception {
        try (var own = Running.of(recording().trackTaskSpawnLocation())) {
            resultOf(own.runtime().spawn(Edo.yieldNow()));
            resultOf(own.handle().spawn(() -> 1));
            resultOf(own.handle().task().name("named").spawn(() -> 1));
            resultOf(own.handle().spawn(() -> {
                var set = new JoinSet<Integer>();
                set.spawn(() -> 1);
                set.spawnAll(List.of(Future.ready(1)));
                Edo.spawn(() -> 1).await();
                return set.joinAll().await();
            }));
        }
        var lines = new TreeSet<Integer>();
        for (var meta : metas) {
            var place = Objects.requireNonNull(meta.spawnedAt());
            assertEquals("HooksTest.java", place.getFileName());
            lines.add(place.getLineNumber());
        }
        int first = Objects.requireNonNull(lines.pollFirst());
        assertEquals(List.of(1, 2, 3, 5, 6, 7), lines.stream().map(line -> line - first).toList());
    }

    @Test
    void whatCostsTimeIsKnownOnlyWhereItIsTracked() throws Exception {
        try (var own = Running.of(recording())) {
            resultOf(style.spawn(own.handle(), Edo::yieldNow));
        }
        assertFalse(metas.isEmpty());
        metas.forEach(meta -> assertNull(meta.scheduleLatency()));
        metas.forEach(meta -> assertNull(meta.spawnedAt()));
    }

    /** The hooks and the histogram read one note of when the task was queued, and neither takes it from the other. */
    @Test
    void aWaitThatHooksAreToldOfIsCountedAsWell() throws Exception {
        var builder = recording().trackTaskScheduleLatency().enableMetricsScheduleLatencyHistogram();
        RuntimeMetrics metrics;
        try (var own = Running.of(builder)) {
            metrics = own.runtime().metrics();
            resultOf(style.spawn(own.handle(), Edo::yieldNow));
        }
        long told = metas.stream().filter(meta -> meta.scheduleLatency() != null).count();
        assertTrue(told >= 4, () -> "before and after two polls: " + calls);
        long counted = 0;
        for (int worker = 0; worker < metrics.numWorkers(); worker++) {
            for (int bucket = 0; bucket < metrics.scheduleLatencyHistogramNumBuckets(); bucket++) {
                counted += metrics.scheduleLatencyHistogramBucketCount(worker, bucket);
            }
        }
        assertEquals(2, counted);
    }

    /** Who has the waits counted is told of them as well. */
    @Test
    void waitsThatAreCountedAreToldToHooks() throws Exception {
        try (var own = Running.of(recording().enableMetricsScheduleLatencyHistogram())) {
            resultOf(style.run(own.handle(), () -> 1));
        }
        long told = metas.stream().filter(meta -> meta.scheduleLatency() != null).count();
        assertEquals(2, told, () -> "before and after the only poll: " + calls);
    }

    /**
     * Nobody polls the task for a while after it was spawned, nor after it was woken: the runtime's only thread is
     * busy. The hooks around both polls are told at least that time; the others, nothing.
     */
    @Test
    void scheduleLatencyIsTheTimeInTheQueue() throws Exception {
        if (setup.workers() > 1) {
            return; // an idle worker would take the task over
        }
        var busy = Duration.ofMillis(5);
        try (var own = Running.of(recording().trackTaskScheduleLatency())) {
            var gate = new Gate<Integer>();
            var spawned = new ArrayList<JoinHandle<Integer>>();
            occupied(own.handle(), busy, () -> spawned.add(style.spawn(own.handle(), () -> gate)));
            Eventually.opened("the task waits", gate.waiting);
            long beforeTheWakeUp = System.nanoTime();
            occupied(own.handle(), busy, () -> gate.open(1));
            var task = spawned.getFirst();
            assertEquals(1, resultOf(task));
            var sinceTheWakeUp = Duration.ofNanos(System.nanoTime() - beforeTheWakeUp);
            Eventually.until(calls::toString, () -> calls.size() == 14);
            var latencies = new ArrayList<@Nullable Duration>();
            metas.stream().filter(meta -> meta.id().equals(task.id())).forEach(meta ->
                    latencies.add(meta.scheduleLatency()));
            assertEquals(6, latencies.size());
            assertNull(latencies.getFirst());
            for (int poll : new int[] {1, 3}) {
                var latency = Objects.requireNonNull(latencies.get(poll));
                assertTrue(latency.compareTo(busy) >= 0, latencies::toString);
            }
            var second = Objects.requireNonNull(latencies.get(3));
            assertTrue(second.compareTo(sinceTheWakeUp) <= 0, "it does not count from the spawn");
            assertEquals(latencies.get(1), latencies.get(2));
            int terminate = style == Style.DIRECT ? 4 : 5;
            assertNull(latencies.get(terminate));
            assertEquals(second, latencies.get(9 - terminate));
        }
    }

    /** The wait of a task that yielded begins when it yields, not when it was scheduled before that. */
    @Test
    void scheduleLatencyOfATaskThatYieldedCountsFromTheYield() throws Exception {
        var beforeTheYield = new AtomicLong();
        var sinceThen = new CopyOnWriteArrayList<Duration>();
        var own = setup.builder().trackTaskScheduleLatency().onBeforeTaskPoll(meta -> {
            var latency = meta.scheduleLatency();
            if (beforeTheYield.get() != 0 && latency != null) {
                sinceThen.add(Duration.ofNanos(System.nanoTime() - beforeTheYield.get()).minus(latency));
            }
        });
        try (var tracking = Running.of(own)) {
            resultOf(style.spawn(tracking.handle(), () -> {
                long start = System.nanoTime();
                while (System.nanoTime() - start < 1_000_000) {
                    Thread.onSpinWait();
                }
                beforeTheYield.set(System.nanoTime());
                return Edo.yieldNow();
            }));
        }
        assertFalse(sinceThen.isEmpty(), "it was polled again");
        assertFalse(sinceThen.getFirst().isNegative(), () -> "longer than since the yield, by " + sinceThen);
    }

    /** Does something in a task that then keeps its thread for a while. */
    private static void occupied(Handle handle, Duration time, Action first) throws Exception {
        resultOf(handle.spawn(Future.lazy(() -> {
            first.run();
            long start = System.nanoTime();
            while (System.nanoTime() - start < time.toNanos()) {
                Thread.onSpinWait();
            }
            return null;
        })));
    }

    @Test
    void pollHooksAreInsideTheTask() throws Exception {
        var ids = new CopyOnWriteArrayList<@Nullable Object>();
        try (var own = Running.of(setup.builder().onBeforeTaskPoll(meta -> ids.add(meta.id())))) {
            var task = style.run(own.handle(), TaskId::current);
            assertEquals(resultOf(task), ids.getFirst());
        }
    }

    @Test
    void endTellsWhatATaskThrew() throws Exception {
        var failures = new ConcurrentLinkedQueue<Optional<Throwable>>();
        var thrown = new IOException("as expected");
        var builder = setup.builder()
                .onTaskTerminate(meta -> failures.add(Optional.ofNullable(meta.failure())));
        try (var own = Running.of(builder)) {
            var failing = style.<Integer>run(own.handle(), () -> {
                throw thrown;
            });
            assertSame(thrown, failureOf(failing).getCause());
            assertEquals(List.of(Optional.of(thrown)), List.copyOf(failures));
            resultOf(style.run(own.handle(), () -> 1));
            var gate = new Gate<Integer>();
            var aborted = style.spawn(own.handle(), () -> gate);
            Eventually.opened("the task waits", gate.waiting);
            aborted.abort();
            assertTrue(failureOf(aborted).isCancelled());
            assertEquals(List.of(Optional.of(thrown), Optional.empty(), Optional.empty()), List.copyOf(failures));
        }
    }

    @Test
    void throwingHooksHurtNobody() throws Exception {
        var builder = setup.builder()
                .onTaskSpawn(HooksTest::fail)
                .onBeforeTaskPoll(HooksTest::fail)
                .onAfterTaskPoll(HooksTest::fail)
                .onTaskTerminate(HooksTest::fail);
        try (var own = Running.of(builder)) {
            for (int i = 0; i < 10; i++) {
                assertEquals(7, resultOf(style.run(own.handle(), () -> 7)));
            }
            var gate = new Gate<Integer>();
            var task = style.spawn(own.handle(), () -> gate);
            Eventually.opened("the task waits", gate.waiting);
            gate.open(8);
            assertEquals(8, resultOf(task));
        }
        assertTrue(uncaught.get() >= 40, () -> "reported: " + uncaught.get());
    }

    private static void fail(TaskMeta meta) {
        throw new IllegalStateException("hook of " + meta.id());
    }

    @Test
    void throwingThreadHooksHurtNobody() throws Exception {
        var builder = setup.builder()
                .onThreadStart(HooksTest::fail)
                .onThreadStop(HooksTest::fail)
                .onThreadPark(HooksTest::fail)
                .onThreadUnpark(HooksTest::fail);
        try (var own = Running.of(builder)) {
            assertEquals(7, resultOf(style.run(own.handle(), () -> 7)));
            assertEquals(8, resultOf(own.handle().spawnBlocking(() -> 8)));
        }
        assertTrue(uncaught.get() > 0);
    }

    private static void fail() {
        throw new IllegalStateException("thread hook");
    }

    /** What a handler throws is ignored, as by the JVM: it must end neither a worker nor the task in it. */
    @Test
    void handlerThatThrowsHurtsNobodyEither() throws Exception {
        Thread.setDefaultUncaughtExceptionHandler((_, thrown) -> {
            uncaught.incrementAndGet();
            throw new IllegalStateException("handler", thrown);
        });
        var builder = setup.builder()
                .onTaskSpawn(HooksTest::fail)
                .onBeforeTaskPoll(HooksTest::fail)
                .onAfterTaskPoll(HooksTest::fail)
                .onTaskTerminate(HooksTest::fail)
                .onThreadStart(HooksTest::fail)
                .onThreadStop(HooksTest::fail)
                .onThreadPark(HooksTest::fail)
                .onThreadUnpark(HooksTest::fail);
        try (var own = Running.of(builder)) {
            assertEquals(7, resultOf(style.run(own.handle(), () -> 7)));
            assertEquals(8, resultOf(own.handle().spawnBlocking(() -> 8)));
        }
        assertTrue(uncaught.get() > 0);
    }

    @Test
    void threadHooksBracketTheThread() throws Exception {
        var started = ConcurrentThreads.empty();
        var stopped = ConcurrentThreads.empty();
        var parks = new AtomicInteger();
        var unparks = new AtomicInteger();
        var builder = setup.builder()
                .onThreadStart(started::add)
                .onThreadStop(stopped::add)
                .onThreadPark(parks::incrementAndGet)
                .onThreadUnpark(unparks::incrementAndGet);
        try (var own = Running.of(builder)) {
            resultOf(own.handle().spawnBlocking(() -> 1));
            Eventually.until("somebody sleeps", () -> parks.get() > 0);
            resultOf(style.run(own.handle(), () -> 1));
            Eventually.until("somebody woke up", () -> unparks.get() > 0);
        }
        int expected = setup.isMultiThread() ? setup.workers() + 1 : 1;
        assertEquals(expected, started.size());
        assertEquals(started.threads(), stopped.threads());
        assertEquals(parks.get(), unparks.get());
    }
}
