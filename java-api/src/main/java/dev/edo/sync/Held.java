package dev.edo.sync;

import org.jspecify.annotations.Nullable;

/**
 * What every guard has: permits that go back when it is closed.
 *
 * <p>Invariants: {@code semaphore} is null once the permits went back or were taken over by another
 * guard. Belongs to one task at a time, so its fields are plain: what hands it from task to task
 * orders them.
 */
abstract class Held implements AutoCloseable {
    private @Nullable BatchSemaphore semaphore;
    private long permits;

    Held(BatchSemaphore semaphore, long permits) {
        this.semaphore = semaphore;
        this.permits = permits;
    }

    /** Gives back what this holds. Idempotent; does nothing once another guard has taken over. */
    @Override
    public void close() {
        var from = semaphore;
        if (from != null) {
            semaphore = null;
            long n = permits;
            permits = 0;
            from.release(n);
        }
    }

    /** {@return the semaphore that the permits are of} */
    final BatchSemaphore requireHeld() {
        var from = semaphore;
        if (from == null) {
            throw new IllegalStateException("this " + getClass().getSimpleName()
                    + " was closed, or another guard was made of it; use it only before");
        }
        return from;
    }

    /** Makes this closed without giving anything back: the permits are the caller's. */
    final BatchSemaphore takeOver() {
        var from = requireHeld();
        semaphore = null;
        permits = 0;
        return from;
    }

    final boolean isHeld() {
        return semaphore != null;
    }

    final long permits() {
        return permits;
    }

    final void setPermits(long n) {
        permits = n;
    }
}
