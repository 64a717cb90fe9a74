package dev.edo.metrics;

import java.time.Duration;

/**
 * Says what a {@link TaskMonitor} takes for slow and for long. A bad value is rejected at once with
 * an {@link IllegalArgumentException}.
 *
 * <pre>{@code
 * var monitor = TaskMonitor.builder()
 *         .slowPollThreshold(Duration.ofMillis(1))
 *         .longDelayThreshold(Duration.ofMillis(5))
 *         .build();
 * }</pre>
 *
 * @see <a href="https://docs.rs/tokio-metrics/latest/tokio_metrics/struct.TaskMonitorBuilder.html">
 *     tokio_metrics::TaskMonitorBuilder</a>
 */
public final class TaskMonitorBuilder {
    long slowPollNanos = TaskMonitor.DEFAULT_SLOW_POLL_THRESHOLD.toNanos();
    long longDelayNanos = TaskMonitor.DEFAULT_LONG_DELAY_THRESHOLD.toNanos();

    TaskMonitorBuilder() {}

    /**
     * Sets from which duration on a poll is slow.
     *
     * @param threshold not negative; default 50 µs; at zero all polls are slow
     * @return this
     */
    public TaskMonitorBuilder slowPollThreshold(Duration threshold) {
        slowPollNanos = nanos("slowPollThreshold", threshold);
        return this;
    }

    /**
     * Sets from which duration on the delay between a wake-up and the poll that follows is long.
     *
     * @param threshold not negative; default 50 µs; at zero all delays are long
     * @return this
     */
    public TaskMonitorBuilder longDelayThreshold(Duration threshold) {
        longDelayNanos = nanos("longDelayThreshold", threshold);
        return this;
    }

    private static long nanos(String name, Duration threshold) {
        if (threshold.isNegative()) {
            throw new IllegalArgumentException(name + "=" + threshold + "; want zero or more");
        }
        try {
            return threshold.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE; // 292 years
        }
    }

    /**
     * Makes the monitor.
     *
     * @return a new one with these thresholds
     */
    public TaskMonitor build() {
        return new TaskMonitor(this);
    }
}
