package dev.edo.impl.scheduler.multithread;

import dev.edo.impl.driver.Park;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The drivers of a runtime, for one worker at a time. Nobody waits for it.
 *
 * <p>{@code sleeper} is written by the holder and read by anybody as a hint; a stale one costs that the wrong worker is
 * woken.
 */
final class DriverLock {
    private final AtomicBoolean held = new AtomicBoolean();
    private final Park driver;
    private volatile int sleeper = Idle.NOBODY;

    DriverLock(Park driver) {
        this.driver = driver;
    }

    boolean tryAcquire() {
        return !held.get() && held.compareAndSet(false, true);
    }

    /** Sleeps in the drivers; for the holder. */
    void park(int worker) {
        sleeper = worker;
        try {
            driver.park(Park.FOREVER);
        } finally {
            sleeper = Idle.NOBODY;
        }
    }

    /** The worker that sleeps in the drivers, or NOBODY. */
    int sleeper() {
        return sleeper;
    }

    void release() {
        held.set(false);
    }

    Park driver() {
        return driver;
    }
}
