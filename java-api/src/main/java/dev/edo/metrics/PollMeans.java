package dev.edo.metrics;

import dev.edo.runtime.RuntimeMetrics;
import java.time.Duration;

/**
 * The workers' mean poll times, of those that polled at all; zero where none did.
 *
 * @param mean each worker as far as it polled
 * @param min of the worker with the shortest
 * @param max of the worker with the longest
 */
record PollMeans(Duration mean, Duration min, Duration max) {
    private static final PollMeans NONE = new PollMeans(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    static PollMeans of(RuntimeMetrics metrics, long[] pollsByWorker) {
        double polls = 0;
        double nanos = 0;
        long min = Long.MAX_VALUE;
        long max = 0;
        for (int worker = 0; worker < pollsByWorker.length; worker++) {
            if (pollsByWorker[worker] > 0) {
                long mean = metrics.workerMeanPollTime(worker).toNanos();
                polls += pollsByWorker[worker];
                nanos += (double) mean * pollsByWorker[worker];
                min = Math.min(min, mean);
                max = Math.max(max, mean);
            }
        }
        return polls == 0 ? NONE : new PollMeans(Duration.ofNanos(Math.round(nanos / polls)),
                Duration.ofNanos(min), Duration.ofNanos(max));
    }
}
