package dev.edo.sync;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of what a locked {@link Mutex} protects; closing it unlocks. Belongs to one task at a
 * time.
 *
 * <pre>{@code
 * try (var peers = state.lock().await().map(State::peers)) {
 *     peers.get().add(peer);
 * }
 * }</pre>
 *
 * @param <T> the type of the part
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/sync/struct.MappedMutexGuard.html">tokio::sync::MappedMutexGuard</a>
 */
public final class MappedMutexGuard<T extends @Nullable Object> extends Held {
    private final T part;

    MappedMutexGuard(BatchSemaphore semaphore, T part) {
        super(semaphore, 1);
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

    /**
     * Goes on with a part of the part; see {@link MutexGuard#map}.
     *
     * @param smaller picks it
     * @param <U> its type
     * @return the guard that unlocks from now on
     * @throws IllegalStateException when closed
     */
    public <U extends @Nullable Object> MappedMutexGuard<U> map(
            Function<? super T, ? extends U> smaller) {
        requireHeld();
        U picked = Objects.requireNonNull(smaller, "smaller").apply(part);
        return new MappedMutexGuard<>(takeOver(), picked);
    }

    /**
     * As {@link #map}, if there is such a part.
     *
     * @param smaller picks it, or says null
     * @param <U> its type
     * @return the guard that unlocks from now on, or null, and then this one stays as it is
     * @throws IllegalStateException when closed
     */
    public <U> @Nullable MappedMutexGuard<U> tryMap(
            Function<? super T, ? extends @Nullable U> smaller) {
        requireHeld();
        @Nullable U picked = Objects.requireNonNull(smaller, "smaller").apply(part);
        return picked == null ? null : new MappedMutexGuard<>(takeOver(), picked);
    }

    @Override
    public String toString() {
        return isHeld() ? "MappedMutexGuard[" + part + "]" : "MappedMutexGuard[closed]";
    }
}
