package dev.edo.impl.scheduler.multithread;

import dev.edo.impl.driver.Park;

/** A driver that sleeps by spinning on its token. */
final class TokenPark implements Park {
    private volatile boolean token;

    @Override
    public void park(long timeoutNanos) {
        while (!token && timeoutNanos != 0) {
            Thread.onSpinWait();
        }
        token = false;
    }

    @Override
    public void unpark() {
        token = true;
    }

    @Override
    public void shutdown() {}
}
