package dev.edo.impl.driver.io;

import dev.edo.future.Waker;
import java.util.concurrent.atomic.AtomicInteger;

/** A waker that counts, and a thread may wait for. */
final class CountingWaker implements Waker {
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public void wake() {
        count.incrementAndGet();
        synchronized (this) {
            notifyAll();
        }
    }

    int count() {
        return count.get();
    }

    /** Waits until the count is past {@code seen}. Returns false after ten seconds without. */
    boolean awaitPast(int seen) throws InterruptedException {
        long deadline = System.nanoTime() + 10_000_000_000L;
        synchronized (this) {
            while (count.get() <= seen) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                wait(left / 1_000_000 + 1);
            }
        }
        return true;
    }
}
