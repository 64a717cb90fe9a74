package dev.edo.metrics;

import dev.edo.runtime.DurationRange;
import dev.edo.runtime.RuntimeMetrics;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The figures of a runtime of two workers, as a test sets them. */
final class FakeMetrics implements RuntimeMetrics {
    static final int WORKERS = 2;

    final long[] parks = new long[WORKERS];
    final long[] noops = new long[WORKERS];
    final long[] steals = new long[WORKERS];
    final long[] stealOperations = new long[WORKERS];
    final long[] localSchedules = new long[WORKERS];
    final long[] overflows = new long[WORKERS];
    final long[] polls = new long[WORKERS];
    final long[] busyNanos = new long[WORKERS];
    final long[] meanPollNanos = new long[WORKERS];
    final int[] localQueueDepths = new int[WORKERS];
    long remoteSchedules;
    long forcedYields;
    long ioReady;
    long aliveTasks;
    long globalQueueDepth;
    int blockingThreads;
    int idleBlockingThreads;
    int blockingQueueDepth;

    /** By worker and bucket; null where they are not counted. */
    long @Nullable [][] pollTimes;

    long @Nullable [][] latencies;

    @Override
    public int numWorkers() {
        return WORKERS;
    }

    @Override
    public long numAliveTasks() {
        return aliveTasks;
    }

    @Override
    public long spawnedTasksCount() {
        throw unasked();
    }

    @Override
    public long globalQueueDepth() {
        return globalQueueDepth;
    }

    @Override
    public long remoteScheduleCount() {
        return remoteSchedules;
    }

    @Override
    public long budgetForcedYieldCount() {
        return forcedYields;
    }

    @Override
    public int numBlockingThreads() {
        return blockingThreads;
    }

    @Override
    public int numIdleBlockingThreads() {
        return idleBlockingThreads;
    }

    @Override
    public int blockingQueueDepth() {
        return blockingQueueDepth;
    }

    @Override
    public OptionalLong workerThreadId(int worker) {
        throw unasked();
    }

    @Override
    public int workerLocalQueueDepth(int worker) {
        return localQueueDepths[worker];
    }

    @Override
    public long workerPollCount(int worker) {
        return polls[worker];
    }

    @Override
    public long workerStealCount(int worker) {
        return steals[worker];
    }

    @Override
    public long workerStealOperations(int worker) {
        return stealOperations[worker];
    }

    @Override
    public long workerParkCount(int worker) {
        return parks[worker];
    }

    @Override
    public long workerParkUnparkCount(int worker) {
        throw unasked();
    }

    @Override
    public long workerNoopCount(int worker) {
        return noops[worker];
    }

    @Override
    public long workerLocalScheduleCount(int worker) {
        return localSchedules[worker];
    }

    @Override
    public long workerOverflowCount(int worker) {
        return overflows[worker];
    }

    @Override
    public long workerLifoCount(int worker) {
        throw unasked();
    }

    @Override
    public Duration workerTotalBusyDuration(int worker) {
        return Duration.ofNanos(busyNanos[worker]);
    }

    @Override
    public Duration workerMeanPollTime(int worker) {
        return Duration.ofNanos(meanPollNanos[worker]);
    }

    @Override
    public boolean pollTimeHistogramEnabled() {
        return pollTimes != null;
    }

    @Override
    public int pollTimeHistogramNumBuckets() {
        return pollTimes == null ? 0 : pollTimes[0].length;
    }

    @Override
    public DurationRange pollTimeHistogramBucketRange(int bucket) {
        return range(pollTimes, bucket);
    }

    @Override
    public long pollTimeHistogramBucketCount(int worker, int bucket) {
        return pollTimes == null ? 0 : pollTimes[worker][bucket];
    }

    @Override
    public boolean scheduleLatencyHistogramEnabled() {
        return latencies != null;
    }

    @Override
    public int scheduleLatencyHistogramNumBuckets() {
        return latencies == null ? 0 : latencies[0].length;
    }

    @Override
    public DurationRange scheduleLatencyHistogramBucketRange(int bucket) {
        return range(latencies, bucket);
    }

    @Override
    public long scheduleLatencyHistogramBucketCount(int worker, int bucket) {
        return latencies == null ? 0 : latencies[worker][bucket];
    }

    @Override
    public long numRegisteredTimers() {
        throw unasked();
    }

    @Override
    public long ioDriverFdRegisteredCount() {
        throw unasked();
    }

    @Override
    public long ioDriverFdDeregisteredCount() {
        throw unasked();
    }

    @Override
    public long ioDriverReadyCount() {
        return ioReady;
    }

    @Override
    public long ioDriverQuietCount() {
        throw unasked();
    }

    @Override
    public int ioDriverSlotsInUse() {
        throw unasked();
    }

    private static DurationRange range(long @Nullable [][] histogram, int bucket) {
        if (histogram == null) {
            throw new IndexOutOfBoundsException(bucket);
        }
        return new DurationRange(Duration.ofMillis(bucket), Duration.ofMillis(bucket + 1));
    }

    private static AssertionError unasked() {
        return new AssertionError("no interval tells this");
    }
}
