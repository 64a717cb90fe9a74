package dev.edo.impl.scheduler.currentthread;

import java.util.concurrent.atomic.LongAdder;

/** What the current-thread scheduler counts; written by the holder of the core, read by metrics at any time. */
public final class CurrentThreadStats {
    /** A look at the clock costs as much as a few polls, so not every look at the drivers takes one; a power of two. */
    private static final int LOOKS_PER_CLOCK = 16;

    long polls;
    long parkUnparks;
    long noops;
    long localSchedules;
    final LongAdder forcedYields = new LongAdder(); // also by who polls its own future beside the holder
    long busyNanos;
    private long threadId;
    private boolean busy;
    private long busySinceNanos;
    private long pollsAtPark;
    private int looks;

    /** A thread drives the scheduler from now on. */
    void startDriving() {
        threadId = Thread.currentThread().threadId();
    }

    /** It is about to run tasks; a {@code blockOn} that need not wait runs none, and pays for no look at the clock. */
    void startBusy() {
        if (!busy) {
            busy = true;
            busySinceNanos = System.nanoTime();
        }
    }

    /** It goes on running tasks; now and then metrics see the time so far. */
    void stillBusy() {
        if (busy && (++looks & LOOKS_PER_CLOCK - 1) == 0) {
            long now = System.nanoTime();
            busyNanos += now - busySinceNanos;
            busySinceNanos = now;
        }
    }

    void endBusy() {
        if (busy) {
            busy = false;
            busyNanos += System.nanoTime() - busySinceNanos;
        }
    }

    void aboutToPark() {
        endBusy();
        if (pollsAtPark == polls) {
            noops++;
        }
        pollsAtPark = polls;
        parkUnparks++;
    }

    void unparked() {
        parkUnparks++;
        startBusy();
    }

    /** Who drives the scheduler or did so last; 0 for nobody yet. */
    public long threadId() {
        return threadId;
    }

    public long polls() {
        return polls;
    }

    public long parkUnparks() {
        return parkUnparks;
    }

    public long noops() {
        return noops;
    }

    public long localSchedules() {
        return localSchedules;
    }

    public long forcedYields() {
        return forcedYields.sum();
    }

    public long busyNanos() {
        return busyNanos;
    }

    public long meanPollNanos() {
        return polls == 0 ? 0 : busyNanos / polls;
    }
}
