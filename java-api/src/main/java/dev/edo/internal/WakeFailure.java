package dev.edo.internal;

import dev.edo.future.Waker;
import org.jspecify.annotations.Nullable;

/**
 * What wakers threw, though none may, that were woken one after the other: one that throws keeps nobody else from being
 * woken.
 */
public final class WakeFailure {
    private WakeFailure() {}

    /**
     * Wakes.
     *
     * @param failure what earlier wakers threw
     * @return that, or what this one threw, to be given to {@link #raise} when all work is done
     */
    public static @Nullable Throwable wake(Waker waker, @Nullable Throwable failure) {
        try {
            waker.wake();
            return failure;
        } catch (Throwable e) {
            return FirstFailure.with(failure, e);
        }
    }

    /** Throws what {@link #wake} has returned, if anything. */
    public static void raise(@Nullable Throwable failure) {
        switch (failure) {
            case null -> {}
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            default -> throw new IllegalStateException("a waker threw a checked exception", failure);
        }
    }
}
