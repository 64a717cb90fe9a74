package dev.edo.sync;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of what an {@link RwLock} protects, held to write; closing it unlocks. Belongs to one task
 * at a time.
 *
 * <pre>{@code
 * try (var peers = state.write().await().map(State::peers)) {
 *     peers.get().add(peer);
 * }
 * }</pre>
 *
 * @param <T> the type of the part
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/sync/struct.RwLockMappedWriteGuard.html">tokio::sync::RwLockMappedWriteGuard</a>
 */
public final class MappedRwLockWriteGuard<T extends @Nullable Object> extends Held {
    private final RwLock<?> lock;
    private final T part;

    /** Takes over all permits. */
    MappedRwLockWriteGuard(RwLock<?> lock, T part) {
        super(lock.semaphore(), lock.maxReaders());
        this.lock = lock;
        this.part = part;
    }

    /**
     * Reads the part.
     *
     * @return what the function picked
     * @throws IllegalStateException when closed
     */
    public T get() {
        requireHeld();
        return part;
    }

    /** {@return the lock, which protects the whole} */
    public RwLock<?> rwLock() {
        return lock;
    }

    /**
     * Goes on with a part of the part; see {@link RwLockWriteGuard#map}.
     *
     * @param smaller picks it
     * @param <U> its type
     * @return the guard that unlocks from now on
     * @throws IllegalStateException when closed
     */
    public <U extends @Nullable Object> MappedRwLockWriteGuard<U> map(
            Function<? super T, ? extends U> smaller) {
        requireHeld();
        U picked = Objects.requireNonNull(smaller, "smaller").apply(part);
        return taken(picked);
    }

    /**
     * As {@link #map}, if there is such a part.
     *
     * @param smaller picks it, or says null
     * @param <U> its type
     * @return the guard that unlocks from now on, or null, and then this one stays as it is
     * @throws IllegalStateException when closed
     */
    public <U> @Nullable MappedRwLockWriteGuard<U> tryMap(
            Function<? super T, ? extends @Nullable U> smaller) {
        requireHeld();
        @Nullable U picked = Objects.requireNonNull(smaller, "smaller").apply(part);
        return picked == null ? null : taken(picked);
    }

    private <U extends @Nullable Object> MappedRwLockWriteGuard<U> taken(U picked) {
        takeOver();
        return new MappedRwLockWriteGuard<>(lock, picked);
    }

    @Override
    public String toString() {
        return isHeld() ? "MappedRwLockWriteGuard[" + part + "]" : "MappedRwLockWriteGuard[closed]";
    }
}
