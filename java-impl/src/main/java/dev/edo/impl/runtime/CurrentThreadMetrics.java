package dev.edo.impl.runtime;

import dev.edo.impl.scheduler.Histogram;
import dev.edo.impl.scheduler.currentthread.CurrentThread;
import dev.edo.impl.scheduler.currentthread.CurrentThreadStats;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The figures of a current-thread runtime, which has one worker and nobody to steal from. */
final class CurrentThreadMetrics extends SharedMetrics {
    private final CurrentThread scheduler;

    CurrentThreadMetrics(RuntimeHandle handle, CurrentThread scheduler) {
        super(handle);
        this.scheduler = scheduler;
    }

    @Override
    public int numWorkers() {
        return 1;
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
        return scheduler.stats().forcedYields();
    }

    private CurrentThreadStats stats(int worker) {
        if (worker != 0) {
            throw new IndexOutOfBoundsException("worker=" + worker + "; this runtime has 1");
        }
        return scheduler.stats();
    }

    @Override
    long threadId(int worker) {
        return stats(worker).threadId();
    }

    @Override
    @Nullable Histogram pollTimes(int worker) {
        stats(worker);
        return scheduler.pollTimes();
    }

    @Override
    public int workerLocalQueueDepth(int worker) {
        stats(worker);
        return scheduler.queueDepth();
    }

    @Override
    public long workerPollCount(int worker) {
        return stats(worker).polls();
    }

    @Override
    public long workerStealCount(int worker) {
        stats(worker);
        return 0;
    }

    @Override
    public long workerStealOperations(int worker) {
        stats(worker);
        return 0;
    }

    @Override
    public long workerParkCount(int worker) {
        return (workerParkUnparkCount(worker) + 1) / 2;
    }

    @Override
    public long workerParkUnparkCount(int worker) {
        return stats(worker).parkUnparks();
    }

    @Override
    public long workerNoopCount(int worker) {
        return stats(worker).noops();
    }

    @Override
    public long workerLocalScheduleCount(int worker) {
        return stats(worker).localSchedules();
    }

    @Override
    public long workerOverflowCount(int worker) {
        stats(worker);
        return 0;
    }

    @Override
    public long workerLifoCount(int worker) {
        stats(worker);
        return 0;
    }

    @Override
    public Duration workerTotalBusyDuration(int worker) {
        return Duration.ofNanos(stats(worker).busyNanos());
    }

    @Override
    public Duration workerMeanPollTime(int worker) {
        return Duration.ofNanos(stats(worker).meanPollNanos());
    }
}
