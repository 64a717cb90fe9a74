package dev.edo.sync;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.internal.SpentFuture;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What {@link OnceCell#getOrInit} returns.
 *
 * <p>Invariants: {@code init} is null once it was called, or the future has ended; {@code running}
 * is set while this has the permit.
 */
final class OnceInit<T> extends Acquire implements Future<T> {
    private final OnceSlot<T> slot;
    private @Nullable Supplier<? extends Future<? extends T>> init;
    private @Nullable Future<? extends T> running;

    OnceInit(OnceSlot<T> slot, Supplier<? extends Future<? extends T>> init) {
        super(slot.semaphore(), 1);
        this.slot = slot;
        this.init = init;
    }

    @Override
    public Poll<T> poll(Context cx) throws Exception {
        var computing = running;
        if (computing != null) {
            return pollInit(computing, cx);
        }
        var make = init;
        if (make == null) {
            throw SpentFuture.polledAgain();
        }
        switch (pollAcquire(cx)) {
            case UNAVAILABLE -> {
                return Poll.pending();
            }
            case CLOSED -> {
                init = null;
                return Poll.ready(slot.requireGet());
            }
            case ACQUIRED -> init = null;
        }
        try {
            computing = Objects.requireNonNull(make.get(), "the function given to getOrInit() returned null");
        } catch (Throwable e) {
            slot.giveUp();
            throw e;
        }
        running = computing;
        return pollInit(computing, cx);
    }

    private Poll<T> pollInit(Future<? extends T> computing, Context cx) throws Exception {
        T computed;
        try {
            if (!(computing.poll(cx) instanceof Poll.Ready(var value))) {
                return Poll.pending();
            }
            computed = OnceSlot.requireValue(value);
        } catch (Throwable e) {
            running = null;
            slot.giveUp();
            throw e;
        }
        running = null;
        slot.complete(computed);
        return Poll.ready(computed);
    }

    @Override
    public void cancel() {
        init = null;
        cancelAcquire();
        var computing = running;
        if (computing != null) {
            running = null;
            try {
                computing.cancel();
            } finally {
                slot.giveUp();
            }
        }
    }
}
