package dev.edo.sync;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.InfallibleFuture;
import org.jspecify.annotations.Nullable;

/**
 * A lock that may be held across awaits, and the value that it protects.
 *
 * <p>The value is reached through the guard only, so nobody uses it without the lock. Where the
 * lock protects something else, {@link #create()} makes one without a value.
 *
 * <pre>{@code
 * var counter = new Mutex<>(0);
 *
 * // direct style
 * try (var guard = counter.lock().await()) {
 *     guard.set(guard.get() + 1);
 * }
 *
 * // stackless
 * Future<Integer> next = counter.lock().map(guard -> {
 *     try (guard) {
 *         guard.set(guard.get() + 1);
 *         return guard.get();
 *     }
 * });
 * }</pre>
 *
 * <p>It is fair: who came first is next, and is given the lock before it runs. It is not reentrant:
 * who waits for a lock that it holds waits for ever. Where nothing is awaited under the lock and it
 * is short, a plain Java lock costs less, but not in stackless tasks beside tasks in direct style,
 * which must not meet in the queue of such a lock.
 *
 * <p><em>Ordering:</em> what was done under the lock is seen by who holds it next.
 *
 * @param <T> the type of the value
 * @see <a href="https://docs.rs/tokio/latest/tokio/sync/struct.Mutex.html">tokio::sync::Mutex</a>
 */
public final class Mutex<T extends @Nullable Object> {
    private final BatchSemaphore semaphore = new PlainPermits(1);
    private T value;

    /**
     * An unlocked mutex.
     *
     * @param value what it protects
     */
    public Mutex(T value) {
        this.value = value;
    }

    /**
     * A mutex that has no value and protects something else.
     *
     * @return an unlocked mutex
     */
    public static Mutex<@Nullable Void> create() {
        return new Mutex<@Nullable Void>(null);
    }

    /**
     * Waits for the lock.
     *
     * <p><em>Cancel safety:</em> cancelling gives up the place in the queue, and hands the lock on
     * if it was assigned meanwhile.
     *
     * @return the future of the guard, which unlocks when it is closed
     */
    @CheckReturnValue
    public InfallibleFuture<MutexGuard<T>> lock() {
        return new LockFuture<>(this);
    }

    /**
     * Takes the lock if nobody has it.
     *
     * <pre>{@code
     * try (var guard = mutex.tryLock()) {
     *     if (guard != null) {
     *         use(guard.get());
     *     }
     * }
     * }</pre>
     *
     * @return the guard, or null when it is locked
     */
    public @Nullable MutexGuard<T> tryLock() {
        return semaphore.tryAcquire(1) == Acquisition.ACQUIRED ? new MutexGuard<>(this) : null;
    }

    /**
     * Waits for the lock on a thread outside the runtime: {@code lock().await()} under the name
     * that says what it does to a platform thread.
     *
     * <p><em>Blocking:</em> parks the thread. A task in direct style is parked without its worker.
     *
     * @return the guard
     * @throws IllegalStateException inside a stackless task, whose worker must not be blocked
     * @throws java.util.concurrent.CancellationException when interrupted
     */
    public MutexGuard<T> blockingLock() {
        return lock().await();
    }

    /** {@return whether somebody has the lock, or will have it next} */
    public boolean isLocked() {
        return semaphore.availablePermits() == 0;
    }

    BatchSemaphore semaphore() {
        return semaphore;
    }

    /** By the holder. */
    T value() {
        return value;
    }

    /** By the holder. */
    void setValue(T next) {
        value = next;
    }

    @Override
    public String toString() {
        return isLocked() ? "Mutex[locked]" : "Mutex[unlocked]";
    }
}
