package dev.edo.sync;

import org.jspecify.annotations.Nullable;

/**
 * What an {@link OnceCell} has until its value is taken: one value in its life, and the permit to
 * compute it.
 *
 * <p>Invariants: {@code value} is written by who has the permit, before the semaphore is closed;
 * the permit is not given back then.
 */
final class OnceSlot<T> {
    private final BatchSemaphore semaphore = new PlainPermits(1);

    private volatile @Nullable T value;

    BatchSemaphore semaphore() {
        return semaphore;
    }

    @Nullable T get() {
        return value;
    }

    /** Of a slot whose semaphore is closed. */
    T requireGet() {
        var found = value;
        if (found == null) {
            throw new AssertionError("closed, but without a value");
        }
        return found;
    }

    SetOutcome set(T next) {
        return switch (semaphore.tryAcquire(1)) {
            case ACQUIRED -> {
                complete(next);
                yield SetOutcome.SET;
            }
            case UNAVAILABLE -> value == null ? SetOutcome.INITIALIZING : SetOutcome.ALREADY_INITIALIZED;
            case CLOSED -> SetOutcome.ALREADY_INITIALIZED;
        };
    }

    /** By who has the permit. */
    void complete(T computed) {
        value = computed;
        semaphore.close();
    }

    /** By who has the permit and no value: the next one may try. */
    void giveUp() {
        semaphore.release(1);
    }

    static <V> V requireValue(@Nullable V computed) {
        if (computed == null) {
            throw new NullPointerException(
                    "the value computed for a OnceCell is null; want a value, or throw");
        }
        return computed;
    }
}
