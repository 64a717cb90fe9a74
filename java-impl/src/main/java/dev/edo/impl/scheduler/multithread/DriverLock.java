package dev.edo.impl.scheduler.multithread;

import dev.edo.impl.driver.Park;
import java.util.concurrent.atomic.AtomicBoolean;

/** The drivers of a runtime, for one worker at a time. Nobody waits for it. */
final class DriverLock {
    private final AtomicBoolean held = new AtomicBoolean();
    private final Park driver;

    DriverLock(Park driver) {
        this.driver = driver;
    }

    boolean tryAcquire() {
        return !held.get() && held.compareAndSet(false, true);
    }

    void release() {
        held.set(false);
    }

    Park driver() {
        return driver;
    }
}
