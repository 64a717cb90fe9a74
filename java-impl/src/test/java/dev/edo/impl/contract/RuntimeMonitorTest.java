package dev.edo.impl.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Future;
import dev.edo.metrics.RuntimeInterval;
import dev.edo.metrics.RuntimeMonitor;
import dev.edo.runtime.HistogramConfiguration;
import dev.edo.task.JoinHandle;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Intervals of real runtimes. The figures that workers publish now and then are complete after a shutdown. */
class RuntimeMonitorTest {
    private static final int TASKS = 50;

    private static void spawnAndJoin(Running running, int tasks) throws Exception {
        var handles = new ArrayList<JoinHandle<Integer>>();
        for (int i = 0; i < tasks; i++) {
            handles.add(running.handle().spawn(Future.ready(i)));
        }
        for (var handle : handles) {
            Eventually.returns("a task", handle::await);
        }
    }

    private static void adds(String name, long total, long max, long min, int workers) {
        assertTrue(min <= max && max <= total && total <= workers * max && min * workers <= total,
                name + ": total=" + total + ", max=" + max + ", min=" + min + ", workers=" + workers);
    }

    private static void isConsistent(RuntimeInterval interval) {
        int workers = interval.workersCount();
        adds("polls", interval.totalPollsCount(), interval.maxPollsCount(), interval.minPollsCount(), workers);
        adds("parks", interval.totalParkCount(), interval.maxParkCount(), interval.minParkCount(), workers);
        adds("noops", interval.totalNoopCount(), interval.maxNoopCount(), interval.minNoopCount(), workers);
        adds("steals", interval.totalStealCount(), interval.maxStealCount(), interval.minStealCount(), workers);
        adds("schedules", interval.totalLocalScheduleCount(), interval.maxLocalScheduleCount(),
                interval.minLocalScheduleCount(), workers);
        adds("busy", interval.totalBusyDuration().toNanos(), interval.maxBusyDuration().toNanos(),
                interval.minBusyDuration().toNanos(), workers);
        assertTrue(interval.meanPollDurationWorkerMin().compareTo(interval.meanPollDuration()) <= 0
                && interval.meanPollDuration().compareTo(interval.meanPollDurationWorkerMax()) <= 0,
                interval::toString);
        assertTrue(interval.busyRatio() >= 0, interval::toString);
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void anIntervalTellsWhatWasDoneInItAndNothingFromBefore(Setup setup) throws Exception {
        var running = setup.start();
        var monitor = new RuntimeMonitor(running.handle());
        var intervals = monitor.intervals();
        try (running) {
            spawnAndJoin(running, TASKS);
            var first = intervals.next();
            assertEquals(setup.workers(), first.workersCount());
            assertEquals(TASKS, first.numRemoteSchedules());
            assertTrue(first.elapsed().compareTo(Duration.ZERO) > 0);
            isConsistent(first);

            spawnAndJoin(running, 2);
            var second = intervals.next();
            assertEquals(2, second.numRemoteSchedules());
            assertEquals(0, second.liveTasksCount());
            isConsistent(second);
        }
        var last = intervals.next();
        assertEquals(0, last.numRemoteSchedules());
        isConsistent(last);
        var after = intervals.next();
        assertEquals(0, after.totalPollsCount());
        assertEquals(0, after.totalParkCount());
        assertEquals(Duration.ZERO, after.totalBusyDuration());
        assertEquals(Duration.ZERO, after.meanPollDuration());
        assertEquals(0.0, after.busyRatio());
        assertEquals(0.0, after.meanPollsPerPark());
        assertEquals(0, monitor.intervals().next().totalPollsCount());
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void theIntervalsTogetherAreWhatTheRuntimeCounts(Setup setup) throws Exception {
        var running = setup.start();
        var metrics = running.handle().metrics();
        var intervals = new RuntimeMonitor(metrics).intervals();
        var whole = new RuntimeMonitor(metrics).intervals();
        long polls = 0;
        long forced = 0;
        try (running) {
            for (int round = 0; round < 5; round++) {
                spawnAndJoin(running, TASKS);
                var interval = intervals.next();
                isConsistent(interval);
                polls += interval.totalPollsCount();
                forced += interval.budgetForcedYieldCount();
            }
        }
        var last = intervals.next();
        polls += last.totalPollsCount();
        forced += last.budgetForcedYieldCount();
        var all = whole.next();
        assertEquals(all.totalPollsCount(), polls);
        assertEquals(all.budgetForcedYieldCount(), forced);
        assertTrue(polls >= 5 * TASKS, "polls=" + polls);
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void histogramsCountThePollsOfTheInterval(Setup setup) throws Exception {
        var running = Running.of(setup.builder()
                .enableMetricsPollTimeHistogram()
                .metricsPollTimeHistogramConfiguration(HistogramConfiguration.linear(Duration.ofSeconds(20), 2))
                .enableMetricsScheduleLatencyHistogram());
        var intervals = new RuntimeMonitor(running.handle()).intervals();
        long polls;
        long counted;
        try (running) {
            spawnAndJoin(running, TASKS);
            var first = intervals.next();
            polls = first.totalPollsCount();
            counted = first.pollTimeHistogram().totalCount();
            spawnAndJoin(running, TASKS);
        }
        var rest = intervals.next();
        var histogram = rest.pollTimeHistogram();
        assertEquals(2, histogram.buckets().size());
        assertEquals(Duration.ofSeconds(20), histogram.buckets().get(0).range().end());
        assertEquals(0, histogram.asCounts()[1]);
        assertEquals(polls + rest.totalPollsCount(), counted + histogram.totalCount());
        assertTrue(counted + histogram.totalCount() >= 2 * TASKS, histogram::toString);
        assertTrue(rest.scheduleLatencyHistogram().totalCount() >= 1);
        assertEquals(0, intervals.next().pollTimeHistogram().totalCount());
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void withoutHistogramsThereAreNoBuckets(Setup setup) throws Exception {
        try (var running = setup.start()) {
            var intervals = new RuntimeMonitor(running.handle()).intervals();
            spawnAndJoin(running, TASKS);
            assertArrayEquals(new long[0], intervals.next().pollTimeHistogram().asCounts());
        }
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void tasksThatWaitAreAliveAtTheEndOfTheInterval(Setup setup) throws Exception {
        try (var running = setup.start()) {
            var intervals = new RuntimeMonitor(running.handle()).intervals();
            var gate = new Gate<Integer>();
            var task = running.handle().spawn(gate);
            assertEquals(1, intervals.next().liveTasksCount());
            gate.open(1);
            Eventually.returns("the task", task::await);
            assertEquals(0, intervals.next().liveTasksCount());
        }
    }

    /** The example of the documentation: a task that reports, and is ended with its runtime. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void aTaskMayWatchItsOwnRuntime(Setup setup) throws Exception {
        try (var running = setup.start()) {
            var monitor = new RuntimeMonitor(running.handle());
            var polls = running.handle().spawn(() -> {
                var intervals = monitor.intervals();
                for (int i = 0; i < 100; i++) {
                    Edo.spawn(Future.ready(i)).await();
                }
                return intervals.next().elapsed();
            });
            assertTrue(Eventually.returns("the task", polls::await).compareTo(Duration.ZERO) > 0);
        }
    }
}
