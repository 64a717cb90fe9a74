package dev.edo.sync;

import dev.edo.future.CheckReturnValue;
import org.jspecify.annotations.Nullable;

/**
 * Hands out permits, of which there is a limited number, to tasks that wait for them in turn.
 *
 * <p>It is fair: permits go to who asked first, also where somebody behind asks for fewer. Unlike
 * {@link java.util.concurrent.Semaphore} it makes a task wait, not a thread, and a permit is an
 * object that gives itself back.
 *
 * <pre>{@code
 * var connections = new Semaphore(100);
 *
 * // direct style
 * try (var permit = connections.acquire().await()) {
 *     talkTo(server);
 * }
 *
 * // stackless
 * Future<Id> id = connections.acquire().map(permit -> {
 *     try (permit) {
 *         return nextId();
 *     }
 * });
 * }</pre>
 *
 * <p>A semaphore with one permit, held by a guard that has the value: {@link Mutex}.
 *
 * <p><em>Ordering:</em> what was done before a permit was given back is seen by who gets it next.
 *
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/sync/struct.Semaphore.html">tokio::sync::Semaphore</a>
 */
public final class Semaphore {
    /** The most permits a semaphore can have. */
    public static final long MAX_PERMITS = BatchSemaphore.MAX_PERMITS;

    private final BatchSemaphore permits;

    /**
     * An open semaphore.
     *
     * @param permits how many it has, 0 to {@link #MAX_PERMITS}
     * @throws IllegalArgumentException when out of range
     */
    public Semaphore(long permits) {
        this.permits = new PlainPermits(permits);
    }

    /**
     * Waits for one permit.
     *
     * <p><em>Cancel safety:</em> cancelling gives up the place in the queue, and hands a permit on
     * that was assigned meanwhile.
     *
     * @return the future of the permit, to be closed; fails with {@link AcquireError} when the
     *     semaphore is closed
     */
    @CheckReturnValue
    public AcquireFuture acquire() {
        return acquireMany(1);
    }

    /**
     * Waits for several permits at once.
     *
     * <p><em>Cancel safety:</em> as of {@link #acquire()}.
     *
     * @param n how many, 0 to {@link #MAX_PERMITS}; for more than there are it waits for
     *     {@link #addPermits}
     * @return the future of one guard of all of them; fails with {@link AcquireError} when the
     *     semaphore is closed
     * @throws IllegalArgumentException when out of range
     */
    @CheckReturnValue
    public AcquireFuture acquireMany(long n) {
        return new AcquireFuture(this, n);
    }

    /**
     * Takes one permit if there is one that nobody waits for.
     *
     * <pre>{@code
     * try (var permit = semaphore.tryAcquire()) {
     *     if (permit != null) {
     *         serve(request);
     *     }
     * }
     * }</pre>
     *
     * @return the permit, to be closed, or null when there is none now
     * @throws AcquireError when the semaphore is closed
     */
    public @Nullable SemaphorePermit tryAcquire() throws AcquireError {
        return tryAcquireMany(1);
    }

    /**
     * Takes several permits if there are that many.
     *
     * @param n how many, 0 to {@link #MAX_PERMITS}
     * @return one guard of all of them, or null when there are fewer now
     * @throws AcquireError when the semaphore is closed
     * @throws IllegalArgumentException when out of range
     */
    public @Nullable SemaphorePermit tryAcquireMany(long n) throws AcquireError {
        var taken = permits.tryAcquire(n);
        if (taken == Acquisition.CLOSED) {
            throw new AcquireError(n);
        }
        return taken == Acquisition.ACQUIRED ? new SemaphorePermit(this, n) : null;
    }

    /**
     * Waits for one permit on a thread outside the runtime: {@code acquire().await()} under the
     * name that says what it does to a platform thread.
     *
     * <p><em>Blocking:</em> parks the thread. A task in direct style is parked without its worker.
     *
     * @return the permit, to be closed
     * @throws AcquireError when the semaphore is closed
     * @throws IllegalStateException inside a stackless task, whose worker must not be blocked
     * @throws java.util.concurrent.CancellationException when interrupted
     */
    public SemaphorePermit blockingAcquire() throws AcquireError {
        return acquire().await();
    }

    /**
     * Waits for several permits on a thread outside the runtime.
     *
     * <p><em>Blocking:</em> as {@link #blockingAcquire()}.
     *
     * @param n how many, 0 to {@link #MAX_PERMITS}
     * @return one guard of all of them, to be closed
     * @throws AcquireError when the semaphore is closed
     * @throws IllegalStateException inside a stackless task, whose worker must not be blocked
     * @throws IllegalArgumentException when out of range
     * @throws java.util.concurrent.CancellationException when interrupted
     */
    public SemaphorePermit blockingAcquireMany(long n) throws AcquireError {
        return acquireMany(n).await();
    }

    /** {@return how many permits can be had at once} */
    public long availablePermits() {
        return permits.availablePermits();
    }

    /**
     * Adds permits, for whoever waits first.
     *
     * @param n how many, 0 to {@link #MAX_PERMITS}
     * @throws IllegalArgumentException when out of range
     * @throws IllegalStateException when more than {@link #MAX_PERMITS} would be available
     */
    public void addPermits(long n) {
        permits.release(n);
    }

    /**
     * Takes available permits away for ever. Those that somebody holds stay; see
     * {@link SemaphorePermit#forget()}.
     *
     * @param n how many, if there are that many
     * @return how many were taken away
     * @throws IllegalArgumentException when out of range
     */
    public long forgetPermits(long n) {
        return permits.forgetPermits(n);
    }

    /**
     * Ends the handing out: whoever waits, and whoever comes, fails with {@link AcquireError}.
     * Permits that were handed out stay good, also one that a waiter was given and has not noticed
     * yet. Idempotent.
     */
    public void close() {
        permits.close();
    }

    /** {@return whether {@link #close()} was called} */
    public boolean isClosed() {
        return permits.isClosed();
    }

    BatchSemaphore batch() {
        return permits;
    }

    @Override
    public String toString() {
        return "Semaphore[" + permits + "]";
    }
}
