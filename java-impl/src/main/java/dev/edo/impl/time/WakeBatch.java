package dev.edo.impl.time;

import dev.edo.future.Waker;
import org.jspecify.annotations.Nullable;

/** Wakers collected under a lock, to be called after it is released. */
final class WakeBatch {
    private static final int CAPACITY = 32;

    private final @Nullable Waker[] wakers = new Waker[CAPACITY];
    private int size;

    boolean isFull() {
        return size == CAPACITY;
    }

    void add(Waker waker) {
        wakers[size++] = waker;
    }

    /**
     * Wakes all, also when one of them breaks its contract and throws; then that is thrown at the
     * end.
     */
    void wakeAll() {
        Throwable failure = null;
        for (int i = 0; i < size; i++) {
            var waker = wakers[i];
            wakers[i] = null;
            try {
                if (waker != null) {
                    waker.wake();
                }
            } catch (RuntimeException | Error e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        size = 0;
        switch (failure) {
            case null -> {}
            case Error e -> throw e;
            case RuntimeException e -> throw e;
            default -> throw new AssertionError(failure);
        }
    }
}
