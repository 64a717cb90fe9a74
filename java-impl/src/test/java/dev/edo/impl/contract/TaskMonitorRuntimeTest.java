package dev.edo.impl.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Future;
import dev.edo.metrics.TaskMonitor;
import dev.edo.stream.Stream;
import dev.edo.sync.Mpsc;
import dev.edo.sync.Semaphore;
import dev.edo.task.Coop;
import dev.edo.task.JoinHandle;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a monitor counts of the futures of tasks, on workers. */
class TaskMonitorRuntimeTest extends ContractTest {
    private final TaskMonitor monitor = new TaskMonitor();

    private JoinHandle<Integer> spawnInstrumented(Future<Integer> future) {
        return style.spawn(handle, () -> monitor.instrument(future));
    }

    private void untilPolled(long polls) throws Exception {
        Eventually.until(() -> "polls=" + polls + " of " + monitor.cumulative(),
                () -> monitor.cumulative().totalPollCount() >= polls);
    }

    @Test
    void whoHasJoinedATaskSeesItsLastPollAndItsEnd() throws Exception {
        for (int round = 1; round <= 200; round++) {
            resultOf(spawnInstrumented(Future.ready(round)));
            var metrics = monitor.cumulative();
            assertEquals(round, metrics.instrumentedCount());
            assertEquals(round, metrics.firstPollCount());
            assertEquals(round, metrics.totalPollCount());
            assertEquals(round, metrics.droppedCount());
            assertEquals(0, metrics.totalScheduledCount());
        }
    }

    @Test
    void aWakeUpFromOutsideEndsAnIdleAndBeginsADelay() throws Exception {
        var gate = new Gate<Integer>();
        var task = spawnInstrumented(gate);
        untilPolled(1);
        long idleSince = System.nanoTime();
        gate.open(7);
        assertEquals(7, resultOf(task));
        var metrics = monitor.cumulative();
        assertEquals(2, metrics.totalPollCount());
        assertEquals(1, metrics.totalIdledCount());
        assertEquals(metrics.totalIdleDuration(), metrics.maxIdleDuration());
        assertEquals(1, metrics.totalScheduledCount());
        assertTrue(metrics.totalScheduledDuration().toNanos() <= System.nanoTime() - idleSince,
                metrics::toString);
    }

    @Test
    void eachYieldIsASchedule() throws Exception {
        var task = spawnInstrumented(Edo.yieldNow()
                .then(_ -> Edo.yieldNow())
                .then(_ -> Edo.yieldNow())
                .map(_ -> 3));
        assertEquals(3, resultOf(task));
        var metrics = monitor.cumulative();
        assertEquals(4, metrics.totalPollCount());
        assertEquals(3, metrics.totalScheduledCount());
        assertEquals(1, metrics.droppedCount());
    }

    /** A future that never waits is stopped by the budget alone. */
    @Test
    void eachYieldThatTheBudgetForcesIsASchedule() throws Exception {
        long yieldsBefore = handle.metrics().budgetForcedYieldCount();
        resultOf(spawnInstrumented(busy(1_000)));
        var metrics = monitor.cumulative();
        long yields = handle.metrics().budgetForcedYieldCount() - yieldsBefore;
        assertTrue(yields > 1, "yields=" + yields);
        assertEquals(yields, metrics.totalScheduledCount(), metrics::toString);
        assertEquals(0, metrics.totalIdledCount(), metrics::toString);
        assertEquals(yields + 1, metrics.totalPollCount(), metrics::toString);
    }

    private static Future<Integer> busy(int units) {
        return Stream.iter(IntStream.range(0, units).boxed().toList())
                .then(n -> Coop.cooperative(Future.ready(n)))
                .fold(0, Integer::sum);
    }

    @Test
    void anAbortDropsWhatTheTaskWaitsFor() throws Exception {
        var gate = new Gate<Integer>();
        var task = spawnInstrumented(gate);
        untilPolled(1);
        task.abort();
        assertTrue(failureOf(task).isCancelled());
        assertEquals(1, monitor.cumulative().droppedCount());
        assertEquals(1, gate.cancels());
    }

    /** The task's only worker is blocked until it has been aborted. */
    @Test
    void aTaskThatIsAbortedBeforeItsFirstPollIsDroppedUnpolled() throws Exception {
        var occupied = new CountDownLatch(setup.workers());
        var release = new CountDownLatch(1);
        var blockers = new ArrayList<JoinHandle<Integer>>();
        for (int i = 0; i < setup.workers(); i++) {
            blockers.add(handle.spawn(Future.lazy(() -> {
                occupied.countDown();
                Eventually.opened("release", release);
                return 1;
            })));
        }
        Eventually.opened("all workers are busy", occupied);
        var future = monitor.instrument(new Gate<Integer>());
        var task = handle.spawn(future);
        task.abort();
        release.countDown();
        assertTrue(failureOf(task).isCancelled());
        for (var blocker : blockers) {
            resultOf(blocker);
        }
        var metrics = monitor.cumulative();
        assertEquals(1, metrics.instrumentedCount());
        assertEquals(1, metrics.droppedCount());
        assertEquals(0, metrics.firstPollCount());
        assertEquals(0, metrics.totalPollCount());
    }

    @Test
    void aFailureIsAnEnd() throws Exception {
        var task = spawnInstrumented(Future.failed(new IOException("broken")));
        assertEquals("broken", String.valueOf(failureOf(task).getCause().getMessage()));
        assertEquals(1, monitor.cumulative().droppedCount());
        assertEquals(1, monitor.cumulative().totalPollCount());
    }

    @Test
    void aShutdownDropsWhatWaits() throws Exception {
        int tasks = 20;
        for (int i = 0; i < tasks; i++) {
            var unused = spawnInstrumented(new Gate<>());
        }
        untilPolled(tasks);
        running.close();
        Eventually.until(() -> "all are dropped: " + monitor.cumulative(),
                () -> monitor.cumulative().droppedCount() == tasks);
        assertEquals(tasks, monitor.cumulative().instrumentedCount());
    }

    /** A dump has a stackless task polled twice: once to see where it waits, and once in earnest. */
    @Test
    void aDumpIsNoWakeUpAndItsTraceNoPoll() throws Exception {
        var semaphore = new Semaphore(0);
        var task = spawnInstrumented(semaphore.acquire().map(permit -> {
            permit.close();
            return 1;
        }));
        untilPolled(1);
        var dump = Eventually.returns("the dump", handle.dump()::await);
        assertEquals(1, dump.tasks().size());
        int polls = style == Style.STACKLESS ? 2 : 1;
        untilPolled(polls);
        semaphore.addPermits(1);
        resultOf(task);
        var metrics = monitor.cumulative();
        assertEquals(polls + 1, metrics.totalPollCount());
        assertEquals(1, metrics.totalIdledCount());
        assertEquals(1, metrics.totalScheduledCount());
    }

    @Test
    void ofABodyInDirectStyleTheBeginAndTheEndAreCounted() throws Exception {
        assertEquals(1, resultOf(handle.spawn(monitor.instrument(() -> 1))));
        resultOf(handle.spawn(monitor.instrument(() -> {
            Edo.yieldNow().await();
        })));
        assertEquals(2, resultOf(handle.spawnBlocking(monitor.instrument(() -> 2))));
        var metrics = monitor.cumulative();
        assertEquals(3, metrics.instrumentedCount());
        assertEquals(3, metrics.firstPollCount());
        assertEquals(3, metrics.droppedCount());
        assertEquals(0, metrics.totalPollCount());
    }

    @Test
    void aStreamIsPolledUntilItsEnd() throws Exception {
        var channel = Mpsc.<Integer>bounded(1);
        var sum = spawnInstrumentedStream(Stream.from(channel.receiver()));
        try (var sender = channel.sender()) {
            for (int i = 1; i <= 50; i++) {
                Eventually.returns("send", sender.send(i)::await);
            }
        }
        assertEquals(1275, resultOf(sum));
        var metrics = monitor.cumulative();
        assertEquals(1, metrics.instrumentedCount());
        assertEquals(1, metrics.droppedCount());
        assertTrue(metrics.totalPollCount() >= 51, metrics::toString);
    }

    private JoinHandle<Integer> spawnInstrumentedStream(Stream<Integer> stream) {
        return style.spawn(handle, () -> monitor.instrument(stream).fold(0, Integer::sum));
    }

    /**
     * Tasks hand permits to each other while threads outside do the same: wake-ups come before, during and after
     * polls. Each future is counted once, each schedule belongs to a poll, and no time is counted twice.
     */
    @Test
    void figuresAreConsistentHoweverWakeUpsMeetPolls() throws Exception {
        int tasks = 8;
        int rounds = 100;
        long begun = System.nanoTime();
        var semaphore = new Semaphore(2);
        var ends = new ArrayList<JoinHandle<Integer>>();
        for (int i = 0; i < tasks; i++) {
            ends.add(style.spawn(handle, () -> passing(semaphore, rounds)));
        }
        for (int i = 0; i < rounds; i++) {
            Eventually.<@Nullable Void>returns("a permit", () -> {
                semaphore.acquire().await().close();
                return null;
            });
        }
        for (var end : ends) {
            resultOf(end);
        }
        var metrics = monitor.cumulative();
        long elapsed = System.nanoTime() - begun;
        assertEquals(tasks * rounds, metrics.instrumentedCount());
        assertEquals(tasks * rounds, metrics.firstPollCount());
        assertEquals(tasks * rounds, metrics.droppedCount());
        assertTrue(metrics.totalIdledCount() <= metrics.totalScheduledCount(), metrics::toString);
        assertTrue(metrics.totalScheduledCount() + metrics.firstPollCount() <= metrics.totalPollCount(),
                metrics::toString);
        var accounted = metrics.totalFirstPollDelay()
                .plus(metrics.totalIdleDuration())
                .plus(metrics.totalScheduledDuration())
                .plus(metrics.totalPollDuration());
        assertTrue(accounted.compareTo(Duration.ofNanos(tasks * elapsed)) <= 0,
                () -> metrics + " of tasks=" + tasks + " in nanos=" + elapsed);
    }

    private Future<Integer> passing(Semaphore semaphore, int rounds) {
        if (rounds == 0) {
            return Future.ready(0);
        }
        return monitor.instrument(semaphore.acquire().then(permit -> Edo.yieldNow().map(_ -> {
            permit.close();
            return 0;
        }))).then(_ -> passing(semaphore, rounds - 1));
    }
}
