package dev.edo.bench.peer;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells the measuring thread when the last of a number of tasks has run. */
public final class Countdown {
    private final AtomicInteger left = new AtomicInteger();
    private final Semaphore done = new Semaphore(0);

    /**
     * Begins.
     *
     * @param tasks how many
     */
    public void start(int tasks) {
        left.setPlain(tasks);
    }

    /** One task has run. */
    public void hit() {
        if (left.getAndAdd(-1) == 1) {
            done.release();
        }
    }

    /**
     * Blocks until the last one has.
     *
     * @throws InterruptedException when interrupted
     */
    public void await() throws InterruptedException {
        done.acquire();
    }
}
