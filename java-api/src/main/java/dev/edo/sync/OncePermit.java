package dev.edo.sync;

import dev.edo.future.Context;
import dev.edo.future.InfallibleFuture;
import dev.edo.future.Poll;
import org.jspecify.annotations.Nullable;

/** A wait for the value of an {@link OnceSlot}, or for the permit to compute it, which is null. */
final class OncePermit<T> extends Acquire implements InfallibleFuture<@Nullable T> {
    private final OnceSlot<T> slot;

    OncePermit(OnceSlot<T> slot) {
        super(slot.semaphore(), 1);
        this.slot = slot;
    }

    /** {@return what it waits for} */
    OnceSlot<T> slot() {
        return slot;
    }

    @Override
    public Poll<@Nullable T> poll(Context cx) {
        return switch (pollAcquire(cx)) {
            case ACQUIRED -> Poll.ready();
            case UNAVAILABLE -> Poll.pending();
            case CLOSED -> Poll.ready(slot.requireGet());
        };
    }

    @Override
    public void cancel() {
        cancelAcquire();
    }
}
