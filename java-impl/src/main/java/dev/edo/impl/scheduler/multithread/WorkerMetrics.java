package dev.edo.impl.scheduler.multithread;

/** One worker's figures as metrics read them. */
public final class WorkerMetrics {
    private final WorkerStats stats;
    private final LocalQueue queue;

    WorkerMetrics(WorkerStats stats, LocalQueue queue) {
        this.stats = stats;
        this.queue = queue;
    }

    public int localQueueDepth() {
        return queue.size();
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
