package dev.edo.impl.runtime;

import dev.edo.impl.scheduler.Histogram;
import dev.edo.impl.scheduler.multithread.MultiThread;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The figures of a multi-thread runtime. */
final class MultiThreadMetrics extends SharedMetrics {
    private final MultiThread scheduler;
    private final int workers;

    MultiThreadMetrics(RuntimeHandle handle, MultiThread scheduler) {
        super(handle);
        this.scheduler = scheduler;
        this.workers = handle.config().workers();
    }

    @Override
    public int numWorkers() {
        return workers;
    }

    @Override
    public long globalQueueDepth() {
        return scheduler.injectDepth();
    }

    @Override
    public long remoteScheduleCount() {
        return scheduler.remoteScheduleCount();
    }

    @Override
    public long budgetForcedYieldCount() {
        long count = 0;
        for (int i = 0; i < workers; i++) {
            count += scheduler.metrics(i).forcedYields();
        }
        return count;
    }

    @Override
    long threadId(int worker) {
        return scheduler.metrics(worker).threadId();
    }

    @Override
    @Nullable Histogram pollTimes(int worker) {
        return scheduler.metrics(worker).pollTimes();
    }

    @Override
    public int workerLocalQueueDepth(int worker) {
        return scheduler.metrics(worker).localQueueDepth();
    }

    @Override
    public long workerPollCount(int worker) {
        return scheduler.metrics(worker).polls();
    }

    @Override
    public long workerStealCount(int worker) {
        return scheduler.metrics(worker).steals();
    }

    @Override
    public long workerStealOperations(int worker) {
        return scheduler.metrics(worker).stealOperations();
    }

    @Override
    public long workerParkCount(int worker) {
        return (workerParkUnparkCount(worker) + 1) / 2;
    }

    @Override
    public long workerParkUnparkCount(int worker) {
        return scheduler.metrics(worker).parkUnparks();
    }

    @Override
    public long workerNoopCount(int worker) {
        return scheduler.metrics(worker).noops();
    }

    @Override
    public long workerLocalScheduleCount(int worker) {
        return scheduler.metrics(worker).localSchedules();
    }

    @Override
    public long workerOverflowCount(int worker) {
        return scheduler.metrics(worker).overflows();
    }

    @Override
    public long workerLifoCount(int worker) {
        return scheduler.metrics(worker).lifoHits();
    }

    @Override
    public Duration workerTotalBusyDuration(int worker) {
        return Duration.ofNanos(scheduler.metrics(worker).busyNanos());
    }

    @Override
    public Duration workerMeanPollTime(int worker) {
        return Duration.ofNanos(scheduler.metrics(worker).meanPollNanos());
    }
}
