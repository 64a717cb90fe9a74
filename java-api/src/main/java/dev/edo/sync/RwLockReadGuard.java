package dev.edo.sync;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An {@link RwLock} held to read; closing it unlocks. Belongs to one task at a time, and may be
 * held across awaits.
 *
 * <pre>{@code
 * try (var guard = lock.read().await()) {
 *     send(guard.get()).await();
 * }
 * }</pre>
 *
 * @param <T> the type of the value
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/sync/struct.RwLockReadGuard.html">tokio::sync::RwLockReadGuard</a>
 */
public final class RwLockReadGuard<T extends @Nullable Object> extends Held {
    private final RwLock<?> lock;
    private final T value;

    /** Takes over one permit. */
    RwLockReadGuard(RwLock<?> lock, T value) {
        super(lock.semaphore(), 1);
        this.lock = lock;
        this.value = value;
    }

    /**
     * Reads the protected value, or the part that {@link #map} picked.
     *
     * @return the value
     * @throws IllegalStateException when closed
     */
    public T get() {
        requireHeld();
        return value;
    }

    /** {@return the lock; where this is of a part, the one that protects the whole} */
    public RwLock<?> rwLock() {
        return lock;
    }

    /**
     * Goes on with a part of the value. This guard is closed by it, without unlocking; where the
     * function throws, it stays as it is.
     *
     * @param part picks the part
     * @param <U> its type
     * @return the guard that unlocks from now on
     * @throws IllegalStateException when closed
     */
    public <U extends @Nullable Object> RwLockReadGuard<U> map(Function<? super T, ? extends U> part) {
        requireHeld();
        U picked = Objects.requireNonNull(part, "part").apply(value);
        takeOver();
        return new RwLockReadGuard<>(lock, picked);
    }

    /**
     * As {@link #map}, if the value has such a part.
     *
     * @param part picks the part, or says null
     * @param <U> its type
     * @return the guard that unlocks from now on, or null, and then this one stays as it is
     * @throws IllegalStateException when closed
     */
    public <U> @Nullable RwLockReadGuard<U> tryMap(Function<? super T, ? extends @Nullable U> part) {
        requireHeld();
        @Nullable U picked = Objects.requireNonNull(part, "part").apply(value);
        if (picked == null) {
            return null;
        }
        takeOver();
        return new RwLockReadGuard<>(lock, picked);
    }

    @Override
    public String toString() {
        return isHeld() ? "RwLockReadGuard[" + value + "]" : "RwLockReadGuard[closed]";
    }
}
