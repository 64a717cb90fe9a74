package dev.edo.sync;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An {@link RwLock} held to write; closing it unlocks. Belongs to one task at a time, and may be
 * held across awaits.
 *
 * <pre>{@code
 * try (var writing = lock.write().await()) {
 *     writing.set(load().await());
 *     try (var reading = writing.downgrade()) { // others may read now; nobody wrote in between
 *         publish(reading.get());
 *     }
 * }
 * }</pre>
 *
 * @param <T> the type of the value
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/sync/struct.RwLockWriteGuard.html">tokio::sync::RwLockWriteGuard</a>
 */
public final class RwLockWriteGuard<T extends @Nullable Object> extends Held {
    private final RwLock<T> lock;

    RwLockWriteGuard(RwLock<T> lock) {
        super(lock.semaphore(), lock.maxReaders());
        this.lock = lock;
    }

    /**
     * Reads the protected value.
     *
     * @return the value
     * @throws IllegalStateException when closed
     */
    public T get() {
        requireHeld();
        return lock.value();
    }

    /**
     * Replaces the protected value.
     *
     * @param value the new one
     * @throws IllegalStateException when closed
     */
    public void set(T value) {
        requireHeld();
        lock.setValue(value);
    }

    /** {@return the lock} */
    public RwLock<T> rwLock() {
        return lock;
    }

    /**
     * Goes on as a reader, and lets other readers in. This guard is closed by it; no writer comes
     * between.
     *
     * @return the guard that unlocks from now on
     * @throws IllegalStateException when closed
     */
    public RwLockReadGuard<T> downgrade() {
        requireHeld();
        return downgraded(lock.value());
    }

    /**
     * Goes on as a reader of a part of the value. Others may read once the function has returned;
     * where it throws, this guard stays as it is.
     *
     * @param part picks the part
     * @param <U> its type
     * @return the guard that unlocks from now on
     * @throws IllegalStateException when closed
     */
    public <U extends @Nullable Object> RwLockReadGuard<U> downgradeMap(
            Function<? super T, ? extends U> part) {
        requireHeld();
        U picked = Objects.requireNonNull(part, "part").apply(lock.value());
        return downgraded(picked);
    }

    /**
     * As {@link #downgradeMap}, if the value has such a part.
     *
     * @param part picks the part, or says null
     * @param <U> its type
     * @return the guard that unlocks from now on, or null, and then this one stays as it is
     * @throws IllegalStateException when closed
     */
    public <U> @Nullable RwLockReadGuard<U> tryDowngradeMap(
            Function<? super T, ? extends @Nullable U> part) {
        requireHeld();
        @Nullable U picked = Objects.requireNonNull(part, "part").apply(lock.value());
        return picked == null ? null : downgraded(picked);
    }

    /**
     * Goes on, still as the writer, with a part of the value. This guard is closed by it, without
     * unlocking; where the function throws, it stays as it is.
     *
     * @param part picks the part
     * @param <U> its type
     * @return the guard that unlocks from now on
     * @throws IllegalStateException when closed
     */
    public <U extends @Nullable Object> MappedRwLockWriteGuard<U> map(
            Function<? super T, ? extends U> part) {
        requireHeld();
        U picked = Objects.requireNonNull(part, "part").apply(lock.value());
        takeOver();
        return new MappedRwLockWriteGuard<>(lock, picked);
    }

    /**
     * As {@link #map}, if the value has such a part.
     *
     * @param part picks the part, or says null
     * @param <U> its type
     * @return the guard that unlocks from now on, or null, and then this one stays as it is
     * @throws IllegalStateException when closed
     */
    public <U> @Nullable MappedRwLockWriteGuard<U> tryMap(Function<? super T, ? extends @Nullable U> part) {
        requireHeld();
        @Nullable U picked = Objects.requireNonNull(part, "part").apply(lock.value());
        if (picked == null) {
            return null;
        }
        takeOver();
        return new MappedRwLockWriteGuard<>(lock, picked);
    }

    private <U extends @Nullable Object> RwLockReadGuard<U> downgraded(U value) {
        var semaphore = takeOver();
        var reader = new RwLockReadGuard<>(lock, value);
        try {
            semaphore.release(lock.maxReaders() - 1L);
        } catch (Throwable e) { // of the waker of somebody who was let in: nobody gets this guard
            reader.close();
            throw e;
        }
        return reader;
    }

    @Override
    public String toString() {
        return isHeld() ? "RwLockWriteGuard[" + lock.value() + "]" : "RwLockWriteGuard[closed]";
    }
}
