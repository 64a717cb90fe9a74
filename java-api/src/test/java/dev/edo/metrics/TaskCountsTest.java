package dev.edo.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.edo.future.Poll;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Counting from many threads, and what it costs. */
class TaskCountsTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 20_000;

    /** So many that threads do not take turns. */
    private static final int COUNTS = 200_000;

    @Test
    void nothingIsLostHoweverManyThreadsCount() throws Exception {
        var counts = new TaskCounts();
        var longest = new LongestIdle();
        var cell = longest.newCell();
        var start = new CountDownLatch(1);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            Runnable counting = () -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                for (int round = 0; round < COUNTS; round++) {
                    counts.count(TaskFigure.FAST_POLLS, TaskFigure.FAST_POLL_NANOS, 3);
                    counts.count(TaskFigure.DROPPED);
                    longest.include(number * COUNTS + round);
                }
            };
            threads.add(i % 2 == 0
                    ? Thread.ofPlatform().start(counting)
                    : Thread.ofVirtual().start(counting));
        }
        start.countDown();
        for (var thread : threads) {
            assertTrue(thread.join(Duration.ofSeconds(60)), "hangs: " + thread);
        }
        var sums = counts.sums();
        assertEquals(THREADS * COUNTS, sums[TaskFigure.FAST_POLLS.ordinal()]);
        assertEquals(3L * THREADS * COUNTS, sums[TaskFigure.FAST_POLL_NANOS.ordinal()]);
        assertEquals(THREADS * COUNTS, sums[TaskFigure.DROPPED.ordinal()]);
        assertEquals(0, sums[TaskFigure.SLOW_POLLS.ordinal()]);
        assertEquals(THREADS * COUNTS - 1, longest.everNanos());
        assertEquals(THREADS * COUNTS - 1, cell.takeNanos());
        assertEquals(0, cell.takeNanos());
    }

    /** One object of the least size per poll would be sixteen bytes; class loading is far below. */
    @Test
    void pollsAndWakeUpsAllocateNothing() throws Exception {
        var monitor = new TaskMonitor(TaskMonitor.builder(), () -> System::nanoTime);
        var intervals = monitor.intervals();
        intervals.next();
        var inner = new ScriptedFuture();
        inner.step = cx -> cx.pollProceed() ? Poll.pending() : Poll.ready();
        var future = monitor.instrument(inner);
        var poller = new Poller();
        future.poll(poller);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ROUNDS; i++) {
            inner.registered().wake();
            future.poll(poller);
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(bytes < ROUNDS * 8L, "bytes=" + bytes);
        assertEquals(ROUNDS, monitor.cumulative().totalScheduledCount());
    }

    /**
     * Wakers call from threads of their own while the future is polled, at the end of a poll and
     * after the last one. Each wait is counted by the poll that follows it, once, and no span overlaps
     * another one.
     */
    @Test
    void wakersMayCallAtAnyMoment() throws Exception {
        long begun = System.nanoTime();
        var monitor = new TaskMonitor(TaskMonitor.builder(), () -> System::nanoTime);
        var inner = new ScriptedFuture();
        var future = monitor.instrument(inner);
        var poller = new Poller();
        future.poll(poller);
        var waker = inner.registered();
        var wakers = new ArrayList<Thread>();
        var go = new CountDownLatch(1);
        for (int i = 0; i < 2; i++) {
            wakers.add(Thread.ofPlatform().start(() -> {
                go.countDown();
                for (int round = 0; round < ROUNDS; round++) {
                    waker.wake();
                }
            }));
        }
        go.await();
        long polls = 1;
        while (wakers.stream().anyMatch(Thread::isAlive)) {
            future.poll(poller);
            polls++;
        }
        waker.wake();
        inner.step = cx -> Poll.ready();
        future.poll(poller);
        waker.wake();
        long elapsed = System.nanoTime() - begun;
        var metrics = monitor.cumulative();
        assertEquals(polls + 1, metrics.totalPollCount());
        assertTrue(metrics.totalScheduledCount() >= 1, metrics::toString);
        assertTrue(metrics.totalScheduledCount() <= polls, metrics::toString);
        assertTrue(metrics.totalIdledCount() <= metrics.totalScheduledCount(), metrics::toString);
        var accounted = metrics.totalFirstPollDelay()
                .plus(metrics.totalIdleDuration())
                .plus(metrics.totalScheduledDuration())
                .plus(metrics.totalPollDuration());
        assertTrue(accounted.toNanos() <= elapsed, () -> metrics + " in nanos=" + elapsed);
        assertEquals(1, metrics.droppedCount());
    }
}
