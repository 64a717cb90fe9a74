package dev.edo.impl.runtime;

import dev.edo.runtime.RuntimeMetrics;

/** The figures that do not depend on the scheduler. */
abstract class SharedMetrics implements RuntimeMetrics {
    private final RuntimeHandle handle;

    SharedMetrics(RuntimeHandle handle) {
        this.handle = handle;
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
