package dev.edo.metrics;

import dev.edo.runtime.RuntimeMetrics;
import java.time.Duration;
import java.util.Arrays;

/**
 * What a runtime did in one interval, and what it has at the end of it. Of what workers count there
 * is the total, and what the workers with the most and the least of it did: far apart, they say that
 * the work is spread unevenly.
 *
 * <pre>{@code
 * var interval = intervals.next();
 * if (interval.totalLocalQueueDepth() > 1_000 && interval.minBusyDuration().isZero()) {
 *     IO.println("one worker had nothing to do all the time: " + interval);
 * }
 * }</pre>
 *
 * <p>Means and ratios are zero where nothing was counted. The figures are read one after the other
 * while the runtime goes on: they may differ by what happens in that moment. A worker that sleeps or
 * runs one long poll brings its own figures up to date when that is over.
 *
 * @see <a href="https://docs.rs/tokio-metrics/latest/tokio_metrics/struct.RuntimeMetrics.html">
 *     tokio_metrics::RuntimeMetrics</a>
 */
public final class RuntimeInterval {
    private final long elapsedNanos;
    private final Spread[] workers;
    private final long remoteSchedules;
    private final long forcedYields;
    private final long ioReady;
    private final DurationHistogram pollTimes;
    private final DurationHistogram scheduleLatencies;
    private final PollMeans pollMeans;

    private final int workersCount;
    private final long liveTasks;
    private final long globalQueueDepth;
    private final Spread localQueueDepths;
    private final int blockingQueueDepth;
    private final int blockingThreads;
    private final int idleBlockingThreads;

    RuntimeInterval(RuntimeMetrics now, RuntimeCounts grown) {
        elapsedNanos = grown.elapsedNanos;
        workers = Arrays.stream(WorkerFigure.values())
                .map(figure -> Spread.of(grown.of(figure)))
                .toArray(Spread[]::new);
        remoteSchedules = grown.remoteSchedules;
        forcedYields = grown.forcedYields;
        ioReady = grown.ioReady;
        pollTimes = DurationHistogram.of(grown.pollTimes(), now::pollTimeHistogramBucketRange);
        scheduleLatencies = DurationHistogram.of(
                grown.scheduleLatencies(), now::scheduleLatencyHistogramBucketRange);
        pollMeans = PollMeans.of(now, grown.of(WorkerFigure.POLLS));

        workersCount = now.numWorkers();
        liveTasks = now.numAliveTasks();
        globalQueueDepth = now.globalQueueDepth();
        var depths = new long[workersCount];
        Arrays.setAll(depths, now::workerLocalQueueDepth);
        localQueueDepths = Spread.of(depths);
        blockingQueueDepth = now.blockingQueueDepth();
        blockingThreads = now.numBlockingThreads();
        idleBlockingThreads = now.numIdleBlockingThreads();
    }

    private Spread spread(WorkerFigure figure) {
        return workers[figure.ordinal()];
    }

    // --- the interval and the runtime

    /** {@return how long the interval was, on the system's clock, even where the runtime's is paused} */
    public Duration elapsed() {
        return Duration.ofNanos(elapsedNanos);
    }

    /** {@return the number of workers; 1 in a current-thread runtime} */
    public int workersCount() {
        return workersCount;
    }

    /** {@return the number of tasks that have not ended, at the end of the interval} */
    public long liveTasksCount() {
        return liveTasks;
    }

    // --- busy workers

    /** {@return how long workers were busy with tasks in all} */
    public Duration totalBusyDuration() {
        return Duration.ofNanos(spread(WorkerFigure.BUSY_NANOS).total());
    }

    /** {@return how long the busiest worker was busy} */
    public Duration maxBusyDuration() {
        return Duration.ofNanos(spread(WorkerFigure.BUSY_NANOS).max());
    }

    /** {@return how long the least busy worker was busy} */
    public Duration minBusyDuration() {
        return Duration.ofNanos(spread(WorkerFigure.BUSY_NANOS).min());
    }

    /**
     * How many workers were busy, on the average: {@link #totalBusyDuration()} in proportion to
     * {@link #elapsed()}. What a worker did before the interval may be part of it, where that was
     * one long poll.
     *
     * @return from 0 to about {@link #workersCount()}
     */
    public double busyRatio() {
        return elapsedNanos == 0
                ? 0
                : (double) spread(WorkerFigure.BUSY_NANOS).total() / elapsedNanos;
    }

    // --- polls

    /** {@return how often workers polled a task} */
    public long totalPollsCount() {
        return spread(WorkerFigure.POLLS).total();
    }

    /** {@return the most of that on one worker} */
    public long maxPollsCount() {
        return spread(WorkerFigure.POLLS).max();
    }

    /** {@return the least of that on one worker} */
    public long minPollsCount() {
        return spread(WorkerFigure.POLLS).min();
    }

    /**
     * How long a poll takes: the mean over the workers' own means, in which the latest polls count
     * most, each as far as it polled in this interval.
     *
     * @return the time; zero where no task was polled
     */
    public Duration meanPollDuration() {
        return pollMeans.mean();
    }

    /** {@return the least of the means of those workers that polled in this interval} */
    public Duration meanPollDurationWorkerMin() {
        return pollMeans.min();
    }

    /** {@return the greatest of the means of those workers that polled in this interval} */
    public Duration meanPollDurationWorkerMax() {
        return pollMeans.max();
    }

    /**
     * How long the polls of this interval took.
     *
     * @return their counts; without buckets unless the runtime was built with
     *     {@link dev.edo.runtime.RuntimeBuilder#enableMetricsPollTimeHistogram()}
     */
    public DurationHistogram pollTimeHistogram() {
        return pollTimes;
    }

    /**
     * How long runnable tasks waited for their turn in this interval.
     *
     * @return their counts; without buckets unless the runtime was built with
     *     {@link dev.edo.runtime.RuntimeBuilder#enableMetricsScheduleLatencyHistogram()}
     */
    public DurationHistogram scheduleLatencyHistogram() {
        return scheduleLatencies;
    }

    /** {@return how often a task had to yield because its budget was used up} */
    public long budgetForcedYieldCount() {
        return forcedYields;
    }

    // --- sleep

    /** {@return how often workers went to sleep} */
    public long totalParkCount() {
        return spread(WorkerFigure.PARKS).total();
    }

    /** {@return the most of that on one worker} */
    public long maxParkCount() {
        return spread(WorkerFigure.PARKS).max();
    }

    /** {@return the least of that on one worker} */
    public long minParkCount() {
        return spread(WorkerFigure.PARKS).min();
    }

    /** {@return how often workers woke up and found nothing to do} */
    public long totalNoopCount() {
        return spread(WorkerFigure.NOOPS).total();
    }

    /** {@return the most of that on one worker} */
    public long maxNoopCount() {
        return spread(WorkerFigure.NOOPS).max();
    }

    /** {@return the least of that on one worker} */
    public long minNoopCount() {
        return spread(WorkerFigure.NOOPS).min();
    }

    /**
     * How many tasks were polled from one sleep to the next, without those sleeps from which a
     * worker was woken for nothing.
     *
     * @return the mean over all workers; zero where no such sleep began
     */
    public double meanPollsPerPark() {
        long parks = spread(WorkerFigure.PARKS).total() - spread(WorkerFigure.NOOPS).total();
        return parks <= 0 ? 0 : (double) spread(WorkerFigure.POLLS).total() / parks;
    }

    // --- queues

    /** {@return the number of tasks in the queue that all workers share, at the end of the interval} */
    public long globalQueueDepth() {
        return globalQueueDepth;
    }

    /** {@return the number of tasks in the workers' own queues, at the end of the interval} */
    public long totalLocalQueueDepth() {
        return localQueueDepths.total();
    }

    /** {@return the most of them in one worker's queue} */
    public long maxLocalQueueDepth() {
        return localQueueDepths.max();
    }

    /** {@return the fewest of them in one worker's queue} */
    public long minLocalQueueDepth() {
        return localQueueDepths.min();
    }

    /** {@return how often tasks were scheduled from outside the workers} */
    public long numRemoteSchedules() {
        return remoteSchedules;
    }

    /** {@return how often workers scheduled a task onto their own queue} */
    public long totalLocalScheduleCount() {
        return spread(WorkerFigure.LOCAL_SCHEDULES).total();
    }

    /** {@return the most of that on one worker} */
    public long maxLocalScheduleCount() {
        return spread(WorkerFigure.LOCAL_SCHEDULES).max();
    }

    /** {@return the least of that on one worker} */
    public long minLocalScheduleCount() {
        return spread(WorkerFigure.LOCAL_SCHEDULES).min();
    }

    /** {@return how often workers' queues overflowed into the shared one} */
    public long totalOverflowCount() {
        return spread(WorkerFigure.OVERFLOWS).total();
    }

    /** {@return how often the queue of the worker with the most overflows did so} */
    public long maxOverflowCount() {
        return spread(WorkerFigure.OVERFLOWS).max();
    }

    /** {@return how often the queue of the worker with the fewest did so} */
    public long minOverflowCount() {
        return spread(WorkerFigure.OVERFLOWS).min();
    }

    /** {@return how many tasks workers stole from each other} */
    public long totalStealCount() {
        return spread(WorkerFigure.STEALS).total();
    }

    /** {@return the most of that on one worker} */
    public long maxStealCount() {
        return spread(WorkerFigure.STEALS).max();
    }

    /** {@return the least of that on one worker} */
    public long minStealCount() {
        return spread(WorkerFigure.STEALS).min();
    }

    /** {@return how often workers stole at least one task} */
    public long totalStealOperations() {
        return spread(WorkerFigure.STEAL_OPERATIONS).total();
    }

    /** {@return the most of that on one worker} */
    public long maxStealOperations() {
        return spread(WorkerFigure.STEAL_OPERATIONS).max();
    }

    /** {@return the least of that on one worker} */
    public long minStealOperations() {
        return spread(WorkerFigure.STEAL_OPERATIONS).min();
    }

    // --- blocking pool and I/O

    /** {@return the number of jobs that wait for a thread of the blocking pool, at the end} */
    public int blockingQueueDepth() {
        return blockingQueueDepth;
    }

    /** {@return the number of threads in the blocking pool, at the end of the interval} */
    public int blockingThreadsCount() {
        return blockingThreads;
    }

    /** {@return the number of those that have nothing to do} */
    public int idleBlockingThreadsCount() {
        return idleBlockingThreads;
    }

    /** {@return how many readiness events the kernel delivered} */
    public long ioDriverReadyCount() {
        return ioReady;
    }

    @Override
    public String toString() {
        return "RuntimeInterval[elapsed=" + elapsed()
                + ", workersCount=" + workersCount
                + ", liveTasksCount=" + liveTasks
                + ", busyRatio=" + busyRatio()
                + ", totalPollsCount=" + totalPollsCount()
                + ", meanPollDuration=" + meanPollDuration()
                + ", totalParkCount=" + totalParkCount()
                + ", totalNoopCount=" + totalNoopCount()
                + ", totalStealCount=" + totalStealCount()
                + ", totalLocalScheduleCount=" + totalLocalScheduleCount()
                + ", numRemoteSchedules=" + remoteSchedules
                + ", totalOverflowCount=" + totalOverflowCount()
                + ", globalQueueDepth=" + globalQueueDepth
                + ", totalLocalQueueDepth=" + totalLocalQueueDepth()
                + ", blockingQueueDepth=" + blockingQueueDepth
                + ", blockingThreadsCount=" + blockingThreads
                + ", budgetForcedYieldCount=" + forcedYields
                + ", ioDriverReadyCount=" + ioReady + "]";
    }
}
