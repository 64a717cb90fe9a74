package dev.edo.impl.driver.io;

import dev.edo.impl.driver.Park;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** A thread that turns a driver until it is stopped, and then shuts it down. */
final class PollingThread implements AutoCloseable {
    private final IoDriver driver;
    private final AtomicLong turns = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean stop;

    PollingThread(IoDriver driver) {
        this.driver = driver;
        thread = Thread.ofPlatform().name("polling").start(this::run);
    }

    private void run() {
        try {
            while (!stop) {
                driver.park(Park.FOREVER);
                turns.incrementAndGet();
            }
            driver.shutdown();
        } catch (Throwable e) {
            failure.set(e);
        }
    }

    long turns() {
        return turns.get();
    }

    @Override
    public void close() {
        stop = true;
        driver.unpark();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (thread.isAlive()) {
            throw new AssertionError("the polling thread did not wake up within 10 s");
        }
        if (failure.get() != null) {
            throw new AssertionError(failure.get());
        }
    }
}
