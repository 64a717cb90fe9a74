package dev.edo.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Intervals, and the arithmetic of figures. */
class TaskIntervalsTest {
    private final ManualClock clock = new ManualClock(1);
    private final TaskMonitor monitor = new TaskMonitor(TaskMonitor.builder(), () -> clock);
    private final ScriptedFuture inner = new ScriptedFuture();
    private final Poller poller = new Poller();

    private static Duration nanos(long nanos) {
        return Duration.ofNanos(nanos);
    }

    /** A future that was idle for some time. */
    private void idle(long nanos) throws Exception {
        var future = monitor.instrument(inner);
        future.poll(poller);
        clock.advance(nanos);
        inner.registered().wake();
        future.poll(poller);
        future.cancel();
    }

    @Test
    void theFirstOneTellsAllAndEachFurtherOneWhatCameSince() throws Exception {
        idle(10);
        var intervals = monitor.intervals();
        idle(20);
        var first = intervals.next();
        assertEquals(2, first.instrumentedCount());
        assertEquals(nanos(30), first.totalIdleDuration());
        assertEquals(nanos(20), first.maxIdleDuration());

        idle(5);
        var second = intervals.next();
        assertEquals(1, second.instrumentedCount());
        assertEquals(1, second.droppedCount());
        assertEquals(1, second.firstPollCount());
        assertEquals(2, second.totalPollCount());
        assertEquals(1, second.totalIdledCount());
        assertEquals(nanos(5), second.totalIdleDuration());
        assertEquals(nanos(5), second.maxIdleDuration());
        assertEquals(nanos(20), monitor.cumulative().maxIdleDuration());

        var third = intervals.next();
        assertEquals(0, third.instrumentedCount());
        assertEquals(0, third.totalPollCount());
        assertEquals(Duration.ZERO, third.totalIdleDuration());
        assertEquals(Duration.ZERO, third.maxIdleDuration());
        assertTrue(intervals.hasNext());
    }

    @Test
    void twoOfThemTakeNothingFromEachOther() throws Exception {
        var coarse = monitor.intervals();
        var fine = monitor.intervals();
        coarse.next();
        fine.next();
        idle(40);
        assertEquals(nanos(40), fine.next().maxIdleDuration());
        idle(30);
        var fineSecond = fine.next();
        assertEquals(nanos(30), fineSecond.maxIdleDuration());
        assertEquals(nanos(30), fineSecond.totalIdleDuration());
        var both = coarse.next();
        assertEquals(nanos(40), both.maxIdleDuration());
        assertEquals(nanos(70), both.totalIdleDuration());
    }

    @Test
    void theLongestIdleIsThatOfTheIntervalAlthoughALongerOneWasBefore() throws Exception {
        var intervals = monitor.intervals();
        intervals.next();
        idle(40);
        idle(15);
        assertEquals(nanos(40), intervals.next().maxIdleDuration());
        idle(7);
        idle(15);
        idle(3);
        assertEquals(nanos(15), intervals.next().maxIdleDuration());
    }

    @Test
    void meansAndRatiosOfNothingAreZero() {
        var none = monitor.cumulative();
        assertEquals(Duration.ZERO, none.meanFirstPollDelay());
        assertEquals(Duration.ZERO, none.meanIdleDuration());
        assertEquals(Duration.ZERO, none.meanScheduledDuration());
        assertEquals(Duration.ZERO, none.meanPollDuration());
        assertEquals(Duration.ZERO, none.meanFastPollDuration());
        assertEquals(Duration.ZERO, none.meanSlowPollDuration());
        assertEquals(Duration.ZERO, none.meanShortDelayDuration());
        assertEquals(Duration.ZERO, none.meanLongDelayDuration());
        assertEquals(0.0, none.slowPollRatio());
        assertEquals(0.0, none.longDelayRatio());
    }

    /** The difference of two sums is right although the counter wrapped around in between. */
    @Test
    void anIntervalIsRightAlthoughItsCountersWrapAround() {
        var before = new long[TaskFigure.COUNT];
        var after = new long[TaskFigure.COUNT];
        Arrays.fill(before, Long.MAX_VALUE - 1); // past the sign
        Arrays.fill(after, Long.MIN_VALUE + 3);
        before[TaskFigure.IDLE_NANOS.ordinal()] = -2; // past 2^64
        after[TaskFigure.IDLE_NANOS.ordinal()] = 8;
        var interval = new TaskMetrics(after, 0).since(new TaskMetrics(before, 0), 4);
        assertEquals(5, interval.instrumentedCount());
        assertEquals(nanos(10), interval.totalIdleDuration());
        assertEquals(nanos(2), interval.meanIdleDuration());
        assertEquals(nanos(4), interval.maxIdleDuration());
        assertEquals(nanos(10), interval.totalPollDuration());
        assertEquals(10, interval.totalPollCount());
        assertEquals(0.5, interval.slowPollRatio());
    }

    @Test
    void sumsOfMoreThan292YearsAreNotNegative() {
        var sums = new long[TaskFigure.COUNT];
        sums[TaskFigure.FIRST_POLL_DELAY_NANOS.ordinal()] = -1; // 2^64 - 1
        sums[TaskFigure.FIRST_POLLS.ordinal()] = 1L << 32;
        var metrics = new TaskMetrics(sums, 0);
        assertEquals(Duration.ofSeconds(18_446_744_073L, 709_551_615), metrics.totalFirstPollDelay());
        assertEquals(nanos((1L << 32) - 1), metrics.meanFirstPollDelay());
    }

    @Test
    void figuresCanBePrinted() throws Exception {
        idle(10);
        var text = monitor.cumulative().toString();
        assertTrue(text.startsWith("TaskMetrics[instrumentedCount=1, droppedCount=1, firstPollCount=1,"), text);
        assertTrue(text.contains("maxIdleDuration=PT0.00000001S"), text);
    }
}
