package dev.edo.impl.runtime;

import dev.edo.impl.scheduler.Histogram;
import dev.edo.runtime.DurationRange;
import dev.edo.runtime.RuntimeMetrics;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The figures that do not depend on the scheduler. */
abstract class SharedMetrics implements RuntimeMetrics {
    private final RuntimeHandle handle;

    SharedMetrics(RuntimeHandle handle) {
        this.handle = handle;
    }

    /** Who drives a worker or did so last; 0 for nobody yet. */
    abstract long threadId(int worker);

    /** The poll times of a worker, or null where they are not counted. */
    abstract @Nullable Histogram pollTimes(int worker);

    private @Nullable Histogram latencies(int worker) {
        pollTimes(worker); // checks the number
        var histograms = handle.latencies();
        return histograms == null ? null : histograms[worker];
    }

    @Override
    public OptionalLong workerThreadId(int worker) {
        long id = threadId(worker);
        return id == 0 ? OptionalLong.empty() : OptionalLong.of(id);
    }

    @Override
    public boolean pollTimeHistogramEnabled() {
        return pollTimes(0) != null;
    }

    @Override
    public int pollTimeHistogramNumBuckets() {
        return numBuckets(pollTimes(0));
    }

    @Override
    public DurationRange pollTimeHistogramBucketRange(int bucket) {
        return range(pollTimes(0), bucket, "enableMetricsPollTimeHistogram()");
    }

    @Override
    public long pollTimeHistogramBucketCount(int worker, int bucket) {
        return count(pollTimes(worker), bucket);
    }

    @Override
    public boolean scheduleLatencyHistogramEnabled() {
        return latencies(0) != null;
    }

    @Override
    public int scheduleLatencyHistogramNumBuckets() {
        return numBuckets(latencies(0));
    }

    @Override
    public DurationRange scheduleLatencyHistogramBucketRange(int bucket) {
        return range(latencies(0), bucket, "enableMetricsScheduleLatencyHistogram()");
    }

    @Override
    public long scheduleLatencyHistogramBucketCount(int worker, int bucket) {
        return count(latencies(worker), bucket);
    }

    private static int numBuckets(@Nullable Histogram histogram) {
        return histogram == null ? 0 : histogram.numBuckets();
    }

    private static DurationRange range(@Nullable Histogram histogram, int bucket, String remedy) {
        if (histogram == null) {
            throw new IndexOutOfBoundsException("bucket=" + bucket + "; this runtime does not count that; build it"
                    + " with " + remedy);
        }
        return histogram.range(checked(histogram, bucket));
    }

    private static long count(@Nullable Histogram histogram, int bucket) {
        return histogram == null ? 0 : histogram.count(checked(histogram, bucket));
    }

    private static int checked(Histogram histogram, int bucket) {
        if (bucket < 0 || bucket >= histogram.numBuckets()) {
            throw new IndexOutOfBoundsException("bucket=" + bucket + "; this histogram has "
                    + histogram.numBuckets());
        }
        return bucket;
    }

    @Override
    public long numAliveTasks() {
        return handle.scheduler().owned().aliveCount();
    }

    @Override
    public long spawnedTasksCount() {
        return handle.scheduler().owned().spawnedCount();
    }

    @Override
    public int numBlockingThreads() {
        int workers = handle.multiThread() != null && !handle.isShutdown() ? handle.config().workers() : 0;
        return Math.max(0, handle.blockingPool().threadCount() - workers);
    }

    @Override
    public int numIdleBlockingThreads() {
        return handle.blockingPool().idleCount();
    }

    @Override
    public int blockingQueueDepth() {
        return handle.blockingPool().queueDepth();
    }

    @Override
    public long numRegisteredTimers() {
        var time = handle.timeOrNull();
        return time == null ? 0 : time.registeredCount();
    }

    @Override
    public long ioDriverFdRegisteredCount() {
        var io = handle.ioOrNull();
        return io == null ? 0 : io.registeredCount();
    }

    @Override
    public long ioDriverFdDeregisteredCount() {
        var io = handle.ioOrNull();
        return io == null ? 0 : io.deregisteredCount();
    }

    @Override
    public long ioDriverReadyCount() {
        var io = handle.ioOrNull();
        return io == null ? 0 : io.readyCount();
    }

    @Override
    public long ioDriverQuietCount() {
        var io = handle.ioOrNull();
        return io == null ? 0 : io.quietCount();
    }

    @Override
    public int ioDriverSlotsInUse() {
        var io = handle.ioOrNull();
        return io == null ? 0 : io.slotsInUse();
    }
}
