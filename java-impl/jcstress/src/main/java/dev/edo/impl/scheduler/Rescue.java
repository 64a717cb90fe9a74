package dev.edo.impl.scheduler;

import java.util.concurrent.TimeUnit;

/**
 * Turns a thread that sleeps for ever into an outcome: the thread that should have woken it waits for its
 * return, gives up after a time that no scheduler takes, and wakes it by other means.
 */
public final class Rescue {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private volatile boolean awake;

    /** The sleeper has returned. */
    public void returned() {
        awake = true;
    }

    /**
     * Waits for the sleeper.
     *
     * @param byOtherMeans wakes it in the end
     * @return whether it woke up by itself
     */
    public boolean awaitReturn(Runnable byOtherMeans) {
        long startNanos = System.nanoTime();
        while (!awake) {
            if (System.nanoTime() - startNanos > PATIENCE_NANOS) {
                byOtherMeans.run();
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }
}
