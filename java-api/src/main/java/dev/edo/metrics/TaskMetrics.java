package dev.edo.metrics;

import java.time.Duration;

/**
 * What the futures of a {@link TaskMonitor} did, either ever or in one interval.
 *
 * <pre>{@code
 * var metrics = monitor.cumulative();
 * long running = metrics.instrumentedCount() - metrics.droppedCount();
 * IO.println(running + " running; " + metrics.meanPollDuration() + " a poll");
 * }</pre>
 *
 * <p>Means and ratios are zero where nothing was counted. The figures are read one after the other
 * while futures go on: they may differ by what happens in that moment. Durations are summed up in
 * nanoseconds and wrap around after 584 years of all futures together; intervals are right even then.
 *
 * @see <a href="https://docs.rs/tokio-metrics/latest/tokio_metrics/struct.TaskMetrics.html">
 *     tokio_metrics::TaskMetrics</a>
 */
public final class TaskMetrics {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final long[] sums;
    private final long maxIdleNanos;

    /**
     * Some figures.
     *
     * @param sums by the ordinals of {@link TaskFigure}; not copied
     */
    TaskMetrics(long[] sums, long maxIdleNanos) {
        this.sums = sums;
        this.maxIdleNanos = maxIdleNanos;
    }

    TaskMetrics since(TaskMetrics earlier, long maxIdleNanosSince) {
        var differences = new long[sums.length];
        for (int i = 0; i < sums.length; i++) {
            differences[i] = sums[i] - earlier.sums[i];
        }
        return new TaskMetrics(differences, maxIdleNanosSince);
    }

    private long sum(TaskFigure figure) {
        return sums[figure.ordinal()];
    }

    // --- futures

    /** {@return how many futures were instrumented} */
    public long instrumentedCount() {
        return sum(TaskFigure.INSTRUMENTED);
    }

    /** {@return how many completed or failed, or were cancelled} */
    public long droppedCount() {
        return sum(TaskFigure.DROPPED);
    }

    /** {@return how many were polled for the first time} */
    public long firstPollCount() {
        return sum(TaskFigure.FIRST_POLLS);
    }

    /** {@return how long those had been waiting for it, since they were instrumented, in all} */
    public Duration totalFirstPollDelay() {
        return duration(sum(TaskFigure.FIRST_POLL_DELAY_NANOS));
    }

    /** {@return how long one of them had been waiting for its first poll, on the average} */
    public Duration meanFirstPollDelay() {
        return mean(sum(TaskFigure.FIRST_POLL_DELAY_NANOS), firstPollCount());
    }

    // --- idle: from the end of a poll to the wake-up

    /**
     * How often futures were idle: had been polled and were waiting to be woken. It counts when the
     * idle future is polled again, and only if some time went by.
     *
     * @return the count
     */
    public long totalIdledCount() {
        return sum(TaskFigure.IDLES);
    }

    /** {@return how long they were idle in all} */
    public Duration totalIdleDuration() {
        return duration(sum(TaskFigure.IDLE_NANOS));
    }

    /** {@return how long one idle was, on the average} */
    public Duration meanIdleDuration() {
        return mean(sum(TaskFigure.IDLE_NANOS), totalIdledCount());
    }

    /** {@return the longest idle} */
    public Duration maxIdleDuration() {
        return duration(maxIdleNanos);
    }

    // --- scheduled: from the wake-up to the poll that follows

    /**
     * How often futures were scheduled: woken and then polled again. A future that is woken during
     * its poll counts as scheduled from the end of that poll on.
     *
     * @return the count: short and long delays
     */
    public long totalScheduledCount() {
        return totalShortDelayCount() + totalLongDelayCount();
    }

    /** {@return how long they were waiting for their turn in all} */
    public Duration totalScheduledDuration() {
        return duration(scheduledNanos());
    }

    private long scheduledNanos() {
        return sum(TaskFigure.SHORT_DELAY_NANOS) + sum(TaskFigure.LONG_DELAY_NANOS);
    }

    /** {@return how long one was waiting for its turn, on the average} */
    public Duration meanScheduledDuration() {
        return mean(scheduledNanos(), totalScheduledCount());
    }

    /** {@return how often the delay was shorter than {@link TaskMonitor#longDelayThreshold()}} */
    public long totalShortDelayCount() {
        return sum(TaskFigure.SHORT_DELAYS);
    }

    /** {@return how long the short delays were in all} */
    public Duration totalShortDelayDuration() {
        return duration(sum(TaskFigure.SHORT_DELAY_NANOS));
    }

    /** {@return how long a short delay was, on the average} */
    public Duration meanShortDelayDuration() {
        return mean(sum(TaskFigure.SHORT_DELAY_NANOS), totalShortDelayCount());
    }

    /** {@return how often the delay reached {@link TaskMonitor#longDelayThreshold()}} */
    public long totalLongDelayCount() {
        return sum(TaskFigure.LONG_DELAYS);
    }

    /** {@return how long the long delays were in all} */
    public Duration totalLongDelayDuration() {
        return duration(sum(TaskFigure.LONG_DELAY_NANOS));
    }

    /** {@return how long a long delay was, on the average} */
    public Duration meanLongDelayDuration() {
        return mean(sum(TaskFigure.LONG_DELAY_NANOS), totalLongDelayCount());
    }

    /** {@return which part of the delays was long, from 0 to 1} */
    public double longDelayRatio() {
        return ratio(totalLongDelayCount(), totalScheduledCount());
    }

    // --- polls

    /** {@return how many polls there were: fast and slow ones} */
    public long totalPollCount() {
        return totalFastPollCount() + totalSlowPollCount();
    }

    /** {@return how long they took in all} */
    public Duration totalPollDuration() {
        return duration(pollNanos());
    }

    private long pollNanos() {
        return sum(TaskFigure.FAST_POLL_NANOS) + sum(TaskFigure.SLOW_POLL_NANOS);
    }

    /** {@return how long a poll took, on the average} */
    public Duration meanPollDuration() {
        return mean(pollNanos(), totalPollCount());
    }

    /** {@return how many polls were shorter than {@link TaskMonitor#slowPollThreshold()}} */
    public long totalFastPollCount() {
        return sum(TaskFigure.FAST_POLLS);
    }

    /** {@return how long the fast polls took in all} */
    public Duration totalFastPollDuration() {
        return duration(sum(TaskFigure.FAST_POLL_NANOS));
    }

    /** {@return how long a fast poll took, on the average} */
    public Duration meanFastPollDuration() {
        return mean(sum(TaskFigure.FAST_POLL_NANOS), totalFastPollCount());
    }

    /** {@return how many polls reached {@link TaskMonitor#slowPollThreshold()}} */
    public long totalSlowPollCount() {
        return sum(TaskFigure.SLOW_POLLS);
    }

    /** {@return how long the slow polls took in all} */
    public Duration totalSlowPollDuration() {
        return duration(sum(TaskFigure.SLOW_POLL_NANOS));
    }

    /** {@return how long a slow poll took, on the average} */
    public Duration meanSlowPollDuration() {
        return mean(sum(TaskFigure.SLOW_POLL_NANOS), totalSlowPollCount());
    }

    /** {@return which part of the polls was slow, from 0 to 1} */
    public double slowPollRatio() {
        return ratio(totalSlowPollCount(), totalPollCount());
    }

    // --- arithmetic

    /** Nanoseconds without a sign: 584 years. */
    private static Duration duration(long nanos) {
        return Duration.ofSeconds(Long.divideUnsigned(nanos, NANOS_PER_SECOND),
                Long.remainderUnsigned(nanos, NANOS_PER_SECOND));
    }

    private static Duration mean(long nanos, long count) {
        return count == 0 ? Duration.ZERO : duration(Long.divideUnsigned(nanos, count));
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    @Override
    public String toString() {
        return "TaskMetrics[instrumentedCount=" + instrumentedCount()
                + ", droppedCount=" + droppedCount()
                + ", firstPollCount=" + firstPollCount()
                + ", totalFirstPollDelay=" + totalFirstPollDelay()
                + ", totalIdledCount=" + totalIdledCount()
                + ", totalIdleDuration=" + totalIdleDuration()
                + ", maxIdleDuration=" + maxIdleDuration()
                + ", totalShortDelayCount=" + totalShortDelayCount()
                + ", totalShortDelayDuration=" + totalShortDelayDuration()
                + ", totalLongDelayCount=" + totalLongDelayCount()
                + ", totalLongDelayDuration=" + totalLongDelayDuration()
                + ", totalFastPollCount=" + totalFastPollCount()
                + ", totalFastPollDuration=" + totalFastPollDuration()
                + ", totalSlowPollCount=" + totalSlowPollCount()
                + ", totalSlowPollDuration=" + totalSlowPollDuration() + "]";
    }
}
