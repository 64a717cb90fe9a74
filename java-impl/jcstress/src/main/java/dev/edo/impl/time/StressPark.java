package dev.edo.impl.time;

import dev.edo.impl.driver.Park;

/** Remembers the last timeout and whether somebody called unpark; sleeps until the test says so. */
final class StressPark implements Park {
    long timeoutNanos;
    volatile boolean unparked;
    volatile boolean mayReturn;

    @Override
    public void park(long timeout) {
        timeoutNanos = timeout;
        while (!mayReturn) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void unpark() {
        unparked = true;
    }

    @Override
    public void shutdown() {}
}
