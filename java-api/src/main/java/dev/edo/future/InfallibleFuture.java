package dev.edo.future;

import org.jspecify.annotations.Nullable;

/**
 * A future that does not fail: {@code await()} throws no checked exception.
 *
 * <pre>{@code
 * try (var guard = mutex.lock().await()) { // nothing to catch
 *     guard.set(guard.get() + 1);
 * }
 * }</pre>
 *
 * @param <T> the type of the value
 */
@FunctionalInterface
public interface InfallibleFuture<T extends @Nullable Object> extends Future<T> {
    @Override
    Poll<T> poll(Context cx);

    /**
     * Waits for the value, as every {@link Future#await()} does.
     *
     * @return the value
     * @throws java.util.concurrent.CancellationException when interrupted or aborted
     */
    @Override
    default T await() {
        return Await.<T, RuntimeException>await(this);
    }
}
