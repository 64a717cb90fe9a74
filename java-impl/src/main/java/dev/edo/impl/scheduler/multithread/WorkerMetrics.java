package dev.edo.impl.scheduler.multithread;

import dev.edo.impl.scheduler.Histogram;
import org.jspecify.annotations.Nullable;

/** One worker's figures as metrics read them. */
public final class WorkerMetrics {
    private final Worker worker;
    private final WorkerStats stats;

    WorkerMetrics(Worker worker) {
        this.worker = worker;
        this.stats = worker.stats;
    }

    /** Who drives the worker or did so last; 0 for nobody yet. */
    public long threadId() {
        return worker.threadId();
    }

    /** The poll times, or null where they are not counted. */
    public @Nullable Histogram pollTimes() {
        return worker.pollTimes;
    }

    public int localQueueDepth() {
        return worker.queue.size();
    }

    public long polls() {
        return stats.polls;
    }

    public long steals() {
        return stats.steals;
    }

    public long stealOperations() {
        return stats.stealOperations;
    }

    public long parkUnparks() {
        return stats.parkUnparks;
    }

    public long noops() {
        return stats.noops;
    }

    public long localSchedules() {
        return stats.localSchedules;
    }

    public long overflows() {
        return stats.overflows;
    }

    public long lifoHits() {
        return stats.lifoHits;
    }

    public long forcedYields() {
        return stats.forcedYields;
    }

    public long busyNanos() {
        return stats.busyNanos;
    }

    public long meanPollNanos() {
        return stats.meanPollNanos();
    }
}
