package dev.edo.metrics;

import dev.edo.runtime.RuntimeMetrics;

/**
 * All that grows in a runtime, read at one moment, or what it has grown by since an earlier one.
 * Counters may wrap around in between.
 */
final class RuntimeCounts {
    final long remoteSchedules;
    final long forcedYields;
    final long ioReady;

    /** In nanoseconds, on the system's clock. */
    final long elapsedNanos;

    private final long[][] workers;

    /** By bucket, all workers together; none where the runtime does not count them. */
    private final long[] pollTimes;

    private final long[] scheduleLatencies;

    private RuntimeCounts(long remoteSchedules, long forcedYields, long ioReady, long elapsedNanos,
            long[][] workers, long[] pollTimes, long[] scheduleLatencies) {
        this.remoteSchedules = remoteSchedules;
        this.forcedYields = forcedYields;
        this.ioReady = ioReady;
        this.elapsedNanos = elapsedNanos;
        this.workers = workers;
        this.pollTimes = pollTimes;
        this.scheduleLatencies = scheduleLatencies;
    }

    static RuntimeCounts read(RuntimeMetrics metrics, long nowNanos) {
        var workers = new long[WorkerFigure.COUNT][];
        for (var figure : WorkerFigure.values()) {
            workers[figure.ordinal()] = figure.read(metrics);
        }
        return new RuntimeCounts(metrics.remoteScheduleCount(), metrics.budgetForcedYieldCount(),
                metrics.ioDriverReadyCount(), nowNanos, workers,
                buckets(metrics.pollTimeHistogramEnabled() ? metrics.pollTimeHistogramNumBuckets() : 0,
                        metrics.numWorkers(), metrics::pollTimeHistogramBucketCount),
                buckets(metrics.scheduleLatencyHistogramEnabled()
                                ? metrics.scheduleLatencyHistogramNumBuckets()
                                : 0,
                        metrics.numWorkers(), metrics::scheduleLatencyHistogramBucketCount));
    }

    /** Reads one bucket of one worker. */
    @FunctionalInterface
    private interface BucketCount {
        long read(int worker, int bucket);
    }

    private static long[] buckets(int size, int workers, BucketCount count) {
        var sums = new long[size];
        for (int worker = 0; worker < workers; worker++) {
            for (int bucket = 0; bucket < size; bucket++) {
                sums[bucket] += count.read(worker, bucket);
            }
        }
        return sums;
    }

    RuntimeCounts since(RuntimeCounts earlier) {
        var grown = new long[workers.length][];
        for (int figure = 0; figure < grown.length; figure++) {
            grown[figure] = difference(workers[figure], earlier.workers[figure]);
        }
        return new RuntimeCounts(remoteSchedules - earlier.remoteSchedules,
                forcedYields - earlier.forcedYields, ioReady - earlier.ioReady,
                elapsedNanos - earlier.elapsedNanos, grown,
                difference(pollTimes, earlier.pollTimes),
                difference(scheduleLatencies, earlier.scheduleLatencies));
    }

    private static long[] difference(long[] now, long[] earlier) {
        var differences = new long[now.length];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = now[i] - earlier[i];
        }
        return differences;
    }

    /** {@return a figure by worker; not to be changed} */
    long[] of(WorkerFigure figure) {
        return workers[figure.ordinal()];
    }

    /** {@return by bucket; not to be changed} */
    long[] pollTimes() {
        return pollTimes;
    }

    /** {@return by bucket; not to be changed} */
    long[] scheduleLatencies() {
        return scheduleLatencies;
    }
}
