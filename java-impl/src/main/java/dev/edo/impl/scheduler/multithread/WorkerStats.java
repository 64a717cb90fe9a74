package dev.edo.impl.scheduler.multithread;

import dev.edo.internal.LeadingPad;

/**
 * What one worker counts. Written by the thread that drives the worker; metrics read it at any time and may see
 * values that are a little old.
 */
final class WorkerStats extends LeadingPad {
    /** What one more poll leaves of the smoothed poll time. */
    private static final double KEPT_BY_ONE = 0.9;

    /** The same for so many polls; behind the end nothing that counts is left. */
    private static final double[] KEEP = new double[128];

    private static final double TARGET_GLOBAL_QUEUE_NANOS = 200_000;
    private static final int MIN_GLOBAL_QUEUE_INTERVAL = 2;
    private static final int MAX_GLOBAL_QUEUE_INTERVAL = 127;
    private static final int DEFAULT_GLOBAL_QUEUE_INTERVAL = 61;

    static {
        KEEP[0] = 1;
        for (int polls = 1; polls < KEEP.length; polls++) {
            KEEP[polls] = KEEP[polls - 1] * KEPT_BY_ONE;
        }
    }

    long polls;
    long steals;
    long stealOperations;
    long parkUnparks;
    long noops;
    long localSchedules;
    long overflows;
    long lifoHits;
    long forcedYields;
    long busyNanos;

    private double pollNanosEwma = TARGET_GLOBAL_QUEUE_NANOS / DEFAULT_GLOBAL_QUEUE_INTERVAL;
    private long batchStartNanos;
    private long rounds;
    private long roundsAtBatchStart;
    private long pollsAtPark;

    /** The worker begins to run tasks. */
    void startBatch() {
        batchStartNanos = System.nanoTime();
        roundsAtBatchStart = rounds;
    }

    /** A task is run, and after it what it puts into the LIFO slot: one step of the tick that the interval counts. */
    void startRound() {
        rounds++;
    }

    /** The worker ran out of tasks, or looks at the drivers. */
    void endBatch() {
        long count = rounds - roundsAtBatchStart;
        long elapsed = System.nanoTime() - batchStartNanos;
        busyNanos += elapsed;
        if (count > 0) {
            double keep = KEEP[(int) Math.min(count, KEEP.length - 1)];
            pollNanosEwma = (1.0 - keep) * ((double) elapsed / count) + keep * pollNanosEwma;
        }
        batchStartNanos += elapsed;
        roundsAtBatchStart = rounds;
    }

    void aboutToPark() {
        if (pollsAtPark == polls) {
            noops++;
        }
        pollsAtPark = polls;
        parkUnparks++;
    }

    void unparked() {
        parkUnparks++;
    }

    /** After how many polls the shared queue is looked at first, so that it waits for some 200 µs. */
    int tunedGlobalQueueInterval() {
        return (int) Math.clamp(TARGET_GLOBAL_QUEUE_NANOS / pollNanosEwma,
                MIN_GLOBAL_QUEUE_INTERVAL, MAX_GLOBAL_QUEUE_INTERVAL);
    }

    long meanPollNanos() {
        return Math.round(pollNanosEwma);
    }
}
