package dev.edo.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What intervals make of the figures of a runtime. */
class RuntimeIntervalsTest {
    private final ManualClock clock = new ManualClock(-3); // the system's clock may be below zero
    private final FakeMetrics metrics = new FakeMetrics();
    private final RuntimeMonitor monitor = new RuntimeMonitor(metrics, clock);

    private static void spread(String name, long total, long max, long min, long... found) {
        assertArrayEquals(new long[] {total, max, min}, found, name + ": total, max, min");
    }

    @Test
    void whatWorkersCountBecomesTheDifferenceOverAll() {
        var counts = List.of(metrics.parks, metrics.noops, metrics.steals, metrics.stealOperations,
                metrics.localSchedules, metrics.overflows, metrics.polls, metrics.busyNanos);
        for (int i = 0; i < counts.size(); i++) {
            counts.get(i)[0] = 1_000;
            counts.get(i)[1] = 5_000;
        }
        var intervals = monitor.intervals();
        for (int i = 0; i < counts.size(); i++) {
            counts.get(i)[0] += 30 + i;
            counts.get(i)[1] += 10 + i;
        }
        clock.advance(90);
        var one = intervals.next();
        assertEquals(Duration.ofNanos(90), one.elapsed());
        assertEquals(2, one.workersCount());
        spread("parks", 40, 30, 10,
                one.totalParkCount(), one.maxParkCount(), one.minParkCount());
        spread("noops", 42, 31, 11,
                one.totalNoopCount(), one.maxNoopCount(), one.minNoopCount());
        spread("steals", 44, 32, 12,
                one.totalStealCount(), one.maxStealCount(), one.minStealCount());
        spread("steal operations", 46, 33, 13,
                one.totalStealOperations(), one.maxStealOperations(), one.minStealOperations());
        spread("local schedules", 48, 34, 14, one.totalLocalScheduleCount(),
                one.maxLocalScheduleCount(), one.minLocalScheduleCount());
        spread("overflows", 50, 35, 15,
                one.totalOverflowCount(), one.maxOverflowCount(), one.minOverflowCount());
        spread("polls", 52, 36, 16,
                one.totalPollsCount(), one.maxPollsCount(), one.minPollsCount());
        spread("busy", 54, 37, 17, one.totalBusyDuration().toNanos(),
                one.maxBusyDuration().toNanos(), one.minBusyDuration().toNanos());
        assertEquals(0.6, one.busyRatio());

        clock.advance(1);
        var none = intervals.next();
        assertEquals(Duration.ofNanos(1), none.elapsed());
        spread("parks", 0, 0, 0, none.totalParkCount(), none.maxParkCount(), none.minParkCount());
        spread("polls", 0, 0, 0, none.totalPollsCount(), none.maxPollsCount(), none.minPollsCount());
        assertEquals(Duration.ZERO, none.totalBusyDuration());
        assertTrue(intervals.hasNext());
    }

    @Test
    void whatTheRuntimeCountsBecomesADifference() {
        metrics.remoteSchedules = 10;
        metrics.forcedYields = 20;
        metrics.ioReady = 30;
        var intervals = monitor.intervals();
        metrics.remoteSchedules += 1;
        metrics.forcedYields += 2;
        metrics.ioReady += 3;
        var interval = intervals.next();
        assertEquals(1, interval.numRemoteSchedules());
        assertEquals(2, interval.budgetForcedYieldCount());
        assertEquals(3, interval.ioDriverReadyCount());
        assertEquals(0, intervals.next().numRemoteSchedules());
    }

    @Test
    void whatTheRuntimeHasIsToldAsItIsAtTheEnd() {
        metrics.aliveTasks = 9;
        var intervals = monitor.intervals();
        metrics.aliveTasks = 4;
        metrics.globalQueueDepth = 5;
        metrics.localQueueDepths[0] = 2;
        metrics.localQueueDepths[1] = 6;
        metrics.blockingQueueDepth = 3;
        metrics.blockingThreads = 8;
        metrics.idleBlockingThreads = 7;
        var interval = intervals.next();
        metrics.aliveTasks = 100;
        assertEquals(4, interval.liveTasksCount());
        assertEquals(5, interval.globalQueueDepth());
        spread("local queues", 8, 6, 2, interval.totalLocalQueueDepth(),
                interval.maxLocalQueueDepth(), interval.minLocalQueueDepth());
        assertEquals(3, interval.blockingQueueDepth());
        assertEquals(8, interval.blockingThreadsCount());
        assertEquals(7, interval.idleBlockingThreadsCount());
        assertEquals(100, intervals.next().liveTasksCount());
    }

    @Test
    void countersMayWrapAround() {
        metrics.polls[0] = Long.MAX_VALUE - 1;
        metrics.polls[1] = -2;
        metrics.busyNanos[0] = Long.MAX_VALUE;
        metrics.remoteSchedules = Long.MAX_VALUE;
        metrics.pollTimes = new long[][] {{Long.MAX_VALUE}, {Long.MAX_VALUE}};
        var intervals = monitor.intervals();
        metrics.polls[0] += 5;
        metrics.polls[1] += 7;
        metrics.busyNanos[0] += 3;
        metrics.remoteSchedules += 4;
        metrics.pollTimes[0][0] += 6;
        var interval = intervals.next();
        spread("polls", 12, 7, 5,
                interval.totalPollsCount(), interval.maxPollsCount(), interval.minPollsCount());
        assertEquals(Duration.ofNanos(3), interval.totalBusyDuration());
        assertEquals(4, interval.numRemoteSchedules());
        assertArrayEquals(new long[] {6}, interval.pollTimeHistogram().asCounts());
    }

    @Test
    void histogramsThatAreOffHaveNoBuckets() {
        var intervals = monitor.intervals();
        metrics.polls[0] += 5;
        var interval = intervals.next();
        assertEquals(List.of(), interval.pollTimeHistogram().buckets());
        assertEquals(List.of(), interval.scheduleLatencyHistogram().buckets());
        assertEquals(0, interval.pollTimeHistogram().totalCount());
    }

    @Test
    void histogramsAreDifferencesOverAllWorkers() {
        metrics.pollTimes = new long[][] {{1, 100}, {10, 1_000}};
        metrics.latencies = new long[][] {{5, 5, 5}, {5, 5, 5}};
        var intervals = monitor.intervals();
        metrics.pollTimes[0][1] += 2;
        metrics.pollTimes[1][1] += 3;
        metrics.pollTimes[1][0] += 4;
        metrics.latencies[0][2] += 6;
        var interval = intervals.next();
        var polls = interval.pollTimeHistogram();
        assertArrayEquals(new long[] {4, 5}, polls.asCounts());
        assertEquals(9, polls.totalCount());
        assertEquals(new HistogramBucket(metrics.pollTimeHistogramBucketRange(1), 5),
                polls.buckets().get(1));
        assertArrayEquals(new long[] {0, 0, 6}, interval.scheduleLatencyHistogram().asCounts());
        assertEquals(0, intervals.next().pollTimeHistogram().totalCount());
        assertThrows(UnsupportedOperationException.class, () -> polls.buckets().clear());
    }

    @Test
    void meanPollsAreWeighedByThePollsOfTheInterval() {
        metrics.meanPollNanos[0] = 100;
        metrics.meanPollNanos[1] = 400;
        metrics.polls[1] = 1_000_000;
        var intervals = monitor.intervals();
        metrics.polls[0] += 9;
        metrics.polls[1] += 3;
        var both = intervals.next();
        assertEquals(Duration.ofNanos(175), both.meanPollDuration());
        assertEquals(Duration.ofNanos(100), both.meanPollDurationWorkerMin());
        assertEquals(Duration.ofNanos(400), both.meanPollDurationWorkerMax());

        metrics.polls[1] += 3;
        var one = intervals.next();
        assertEquals(Duration.ofNanos(400), one.meanPollDuration());
        assertEquals(Duration.ofNanos(400), one.meanPollDurationWorkerMin());

        var none = intervals.next();
        assertEquals(Duration.ZERO, none.meanPollDuration());
        assertEquals(Duration.ZERO, none.meanPollDurationWorkerMin());
        assertEquals(Duration.ZERO, none.meanPollDurationWorkerMax());
    }

    @Test
    void pollsPerParkLeaveOutSleepsFromWhichAWorkerWasWokenForNothing() {
        var intervals = monitor.intervals();
        metrics.polls[0] += 30;
        metrics.parks[0] += 6;
        metrics.parks[1] += 4;
        metrics.noops[1] += 4;
        assertEquals(5.0, intervals.next().meanPollsPerPark());

        metrics.polls[0] += 30;
        metrics.parks[1] += 4;
        metrics.noops[1] += 5; // one of them began before
        assertEquals(0.0, intervals.next().meanPollsPerPark());
    }

    @Test
    void anIntervalOfNoTimeIsNotBusy() {
        var intervals = monitor.intervals();
        metrics.busyNanos[0] += 100;
        assertEquals(0.0, intervals.next().busyRatio());
    }

    @Test
    void intervalsOfOneMonitorDoNotDisturbEachOther() {
        var coarse = monitor.intervals();
        var fine = monitor.intervals();
        metrics.polls[0] += 1;
        assertEquals(1, fine.next().totalPollsCount());
        metrics.polls[0] += 1;
        assertEquals(1, fine.next().totalPollsCount());
        assertEquals(2, coarse.next().totalPollsCount());
    }

    @Test
    void anIntervalCanBePrinted() {
        Arrays.fill(metrics.polls, 0);
        var intervals = monitor.intervals();
        metrics.polls[1] += 8;
        clock.advance(1_000_000_000);
        var text = intervals.next().toString();
        assertTrue(text.startsWith("RuntimeInterval[elapsed=PT1S, workersCount=2, "), text);
        assertTrue(text.contains(", totalPollsCount=8, "), text);
    }
}
