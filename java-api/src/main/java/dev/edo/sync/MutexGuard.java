package dev.edo.sync;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A locked {@link Mutex}; closing it unlocks. Belongs to one task at a time, and may be held across
 * awaits.
 *
 * <pre>{@code
 * try (var guard = mutex.lock().await()) {
 *     guard.set(transform(guard.get()).await());
 * }
 * }</pre>
 *
 * @param <T> the type of the protected value
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/sync/struct.MutexGuard.html">tokio::sync::MutexGuard</a>
 */
public final class MutexGuard<T extends @Nullable Object> extends Held {
    private final Mutex<T> mutex;

    MutexGuard(Mutex<T> mutex) {
        super(mutex.semaphore(), 1);
        this.mutex = mutex;
    }

    /**
     * Reads the protected value.
     *
     * @return the value
     * @throws IllegalStateException when closed
     */
    public T get() {
        requireHeld();
        return mutex.value();
    }

    /**
     * Replaces the protected value.
     *
     * @param value the new one
     * @throws IllegalStateException when closed
     */
    public void set(T value) {
        requireHeld();
        mutex.setValue(value);
    }

    /** {@return the mutex} */
    public Mutex<T> mutex() {
        return mutex;
    }

    /**
     * Goes on with a part of the value, for code that is to see only that. This guard is closed by
     * it, without unlocking; where the function throws, it stays as it is.
     *
     * @param part picks the part
     * @param <U> its type
     * @return the guard that unlocks from now on
     * @throws IllegalStateException when closed
     */
    public <U extends @Nullable Object> MappedMutexGuard<U> map(Function<? super T, ? extends U> part) {
        requireHeld();
        U picked = Objects.requireNonNull(part, "part").apply(mutex.value());
        return new MappedMutexGuard<>(takeOver(), picked);
    }

    /**
     * As {@link #map}, if the value has such a part.
     *
     * @param part picks the part, or says null
     * @param <U> its type
     * @return the guard that unlocks from now on, or null, and then this one stays as it is
     * @throws IllegalStateException when closed
     */
    public <U> @Nullable MappedMutexGuard<U> tryMap(Function<? super T, ? extends @Nullable U> part) {
        requireHeld();
        @Nullable U picked = Objects.requireNonNull(part, "part").apply(mutex.value());
        return picked == null ? null : new MappedMutexGuard<>(takeOver(), picked);
    }

    @Override
    public String toString() {
        return isHeld() ? "MutexGuard[" + mutex.value() + "]" : "MutexGuard[closed]";
    }
}
