package dev.edo.sync;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.InfallibleFuture;
import org.jspecify.annotations.Nullable;

/**
 * A lock that many may hold to read, or one to write, across awaits; and the value that it
 * protects.
 *
 * <pre>{@code
 * var routes = new RwLock<>(Map.<String, Address>of());
 *
 * try (var guard = routes.read().await()) {
 *     connect(guard.get().get(name));
 * }
 * try (var guard = routes.write().await()) {
 *     guard.set(load().await());
 * }
 * }</pre>
 *
 * <p>It is fair: readers that come after a waiting writer wait behind it, so no writer starves. For
 * the same reason a task that has a read guard must not wait for another one: if a writer came
 * between, both wait for ever.
 *
 * <p>Algorithm: a semaphore of as many permits as there may be readers; a reader takes one, a
 * writer all.
 *
 * <p><em>Ordering:</em> what a writer did is seen by whoever holds the lock later.
 *
 * @param <T> the type of the value
 * @see <a href="https://docs.rs/tokio/latest/tokio/sync/struct.RwLock.html">tokio::sync::RwLock</a>
 */
public final class RwLock<T extends @Nullable Object> {
    /** How many may read at once, where nothing else is said; also the most that can be allowed. */
    public static final int MAX_READERS = Integer.MAX_VALUE >> 2;

    private final BatchSemaphore semaphore;
    private final int maxReaders;
    private T value;

    /**
     * An unlocked lock.
     *
     * @param value what it protects
     */
    public RwLock(T value) {
        this(value, MAX_READERS);
    }

    /**
     * An unlocked lock that fewer may read at once.
     *
     * @param value what it protects
     * @param maxReaders how many, 1 to {@link #MAX_READERS}
     * @throws IllegalArgumentException when out of range
     */
    public RwLock(T value, int maxReaders) {
        if (maxReaders < 1 || maxReaders > MAX_READERS) {
            throw new IllegalArgumentException("maxReaders=" + maxReaders
                    + " is out of range; allow 1 to " + MAX_READERS + " readers");
        }
        this.semaphore = new PlainPermits(maxReaders);
        this.maxReaders = maxReaders;
        this.value = value;
    }

    /**
     * Waits until it may read.
     *
     * <p><em>Cancel safety:</em> cancelling gives up the place in the queue, and hands the lock on
     * if it was assigned meanwhile.
     *
     * @return the future of the guard, which unlocks when it is closed
     */
    @CheckReturnValue
    public InfallibleFuture<RwLockReadGuard<T>> read() {
        return new ReadLockFuture<>(this);
    }

    /**
     * Waits until it may write.
     *
     * <p><em>Cancel safety:</em> as of {@link #read()}.
     *
     * @return the future of the guard, which unlocks when it is closed
     */
    @CheckReturnValue
    public InfallibleFuture<RwLockWriteGuard<T>> write() {
        return new WriteLockFuture<>(this);
    }

    /**
     * Locks for reading if nobody writes or waits to write.
     *
     * @return the guard, or null when it cannot be locked now
     */
    public @Nullable RwLockReadGuard<T> tryRead() {
        return semaphore.tryAcquire(1) == Acquisition.ACQUIRED ? readGuard() : null;
    }

    /**
     * Locks for writing if nobody reads or writes.
     *
     * @return the guard, or null when it cannot be locked now
     */
    public @Nullable RwLockWriteGuard<T> tryWrite() {
        return semaphore.tryAcquire(maxReaders) == Acquisition.ACQUIRED
                ? new RwLockWriteGuard<>(this)
                : null;
    }

    /**
     * Locks for reading on a thread outside the runtime: {@code read().await()} under the name that
     * says what it does to a platform thread.
     *
     * <p><em>Blocking:</em> parks the thread. A task in direct style is parked without its worker.
     *
     * @return the guard
     * @throws IllegalStateException inside a stackless task, whose worker must not be blocked
     * @throws java.util.concurrent.CancellationException when interrupted
     */
    public RwLockReadGuard<T> blockingRead() {
        return read().await();
    }

    /**
     * Locks for writing on a thread outside the runtime.
     *
     * <p><em>Blocking:</em> as {@link #blockingRead()}.
     *
     * @return the guard
     * @throws IllegalStateException inside a stackless task, whose worker must not be blocked
     * @throws java.util.concurrent.CancellationException when interrupted
     */
    public RwLockWriteGuard<T> blockingWrite() {
        return write().await();
    }

    /** {@return how many may read at once} */
    public int maxReaders() {
        return maxReaders;
    }

    BatchSemaphore semaphore() {
        return semaphore;
    }

    /** By who holds a permit. */
    RwLockReadGuard<T> readGuard() {
        return new RwLockReadGuard<>(this, value);
    }

    /** By who holds a permit. */
    T value() {
        return value;
    }

    /** By who holds all permits. */
    void setValue(T next) {
        value = next;
    }

    @Override
    public String toString() {
        long free = semaphore.availablePermits();
        return "RwLock[" + (free == maxReaders ? "unlocked" : free == 0 ? "locked" : "read") + "]";
    }
}
