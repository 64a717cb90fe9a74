package dev.edo.future;

import dev.edo.spi.EdoProvider;
import org.jspecify.annotations.Nullable;

/** Waits for a future; the one implementation behind every {@code await()}. */
public final class Await {
    private Await() {}

    /**
     * Waits for a future as {@link Future#await()} does, for subtypes that narrow what it throws.
     *
     * @param future what to wait for
     * @param <T> the type of its value
     * @param <X> the only checked exception that the future's {@code poll} throws
     * @return the future's value
     * @throws X what the future failed with
     */
    @SuppressWarnings("unchecked") // the caller states which checked exception poll throws
    public static <T extends @Nullable Object, X extends Exception> T await(Future<T> future) throws X {
        try {
            return EdoProvider.get().await(future);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw (X) e;
        }
    }
}
