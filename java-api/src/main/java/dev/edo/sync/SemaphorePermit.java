package dev.edo.sync;

import org.jspecify.annotations.Nullable;

/**
 * Permits of a {@link Semaphore}, which go back when this is closed. Belongs to one task at a time.
 *
 * <pre>{@code
 * try (var batch = semaphore.acquireMany(10).await()) {
 *     var one = batch.split(1); // lives longer than the batch
 *     Edo.spawn(() -> {
 *         try (one) {
 *             work();
 *         }
 *     });
 * }
 * }</pre>
 *
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/sync/struct.SemaphorePermit.html">tokio::sync::SemaphorePermit</a>
 */
public final class SemaphorePermit extends Held {
    private final Semaphore semaphore;

    SemaphorePermit(Semaphore semaphore, long permits) {
        super(semaphore.batch(), permits);
        this.semaphore = semaphore;
    }

    /** {@return how many permits these are; 0 after closing} */
    public long numPermits() {
        return permits();
    }

    /** {@return the semaphore that they are of} */
    public Semaphore semaphore() {
        return semaphore;
    }

    /**
     * Lets the permits vanish: closes this, and the semaphore has fewer from now on.
     *
     * @throws IllegalStateException when closed before
     */
    public void forget() {
        takeOver();
    }

    /**
     * Takes over the permits of another guard, which is closed by it.
     *
     * @param other of the same semaphore
     * @throws IllegalArgumentException when it is of another semaphore, or is this one
     * @throws IllegalStateException when one of the two is closed
     */
    public void merge(SemaphorePermit other) {
        if (other == this || other.semaphore != semaphore) {
            throw new IllegalArgumentException("other=" + other + " cannot be merged into " + this
                    + "; merge two permits of the same semaphore");
        }
        requireHeld();
        long more = other.permits();
        other.takeOver();
        setPermits(permits() + more);
    }

    /**
     * Makes a guard of a part of these permits.
     *
     * @param n how many the new guard gets
     * @return the new guard, to be closed, or null where this has fewer
     * @throws IllegalArgumentException when {@code n} is negative
     * @throws IllegalStateException when closed
     */
    public @Nullable SemaphorePermit split(long n) {
        requireHeld();
        if (n < 0) {
            throw new IllegalArgumentException(
                    "n=" + n + " is negative; split off 0 to " + permits() + " permits");
        }
        if (n > permits()) {
            return null;
        }
        setPermits(permits() - n);
        return new SemaphorePermit(semaphore, n);
    }

    @Override
    public String toString() {
        return "SemaphorePermit[" + (isHeld() ? "permits=" + permits() : "closed") + "]";
    }
}
