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
 * <p>Invariants: {@code permit} is for the slot that the cell had at the first poll, and null before
 * that; {@code init} is null once it was called, or the future has ended; {@code running} is set while
 * this has the permit.
 */
final class OnceInit<T> implements Future<T> {
    private final OnceCell<T> cell;
    private @Nullable OncePermit<T> permit;
    private @Nullable Supplier<? extends Future<? extends T>> init;
    private @Nullable Future<? extends T> running;

    OnceInit(OnceCell<T> cell, Supplier<? extends Future<? extends T>> init) {
        this.cell = cell;
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
        var waiting = permit;
        if (waiting == null) {
            waiting = new OncePermit<>(cell.slot());
            permit = waiting;
        }
        if (!(waiting.poll(cx) instanceof Poll.Ready(var found))) {
            return Poll.pending();
        }
        init = null;
        if (found != null) {
            return Poll.ready(found);
        }
        try {
            computing = Objects.requireNonNull(make.get(), "the function given to getOrInit() returned null");
        } catch (Throwable e) {
            slot().giveUp();
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
            slot().giveUp();
            throw e;
        }
        running = null;
        slot().complete(computed);
        return Poll.ready(computed);
    }

    /** The slot whose permit this has. */
    private OnceSlot<T> slot() {
        return Objects.requireNonNull(permit).slot();
    }

    @Override
    public void cancel() {
        init = null;
        var waiting = permit;
        if (waiting != null) {
            waiting.cancel();
        }
        var computing = running;
        if (computing != null) {
            running = null;
            try {
                computing.cancel();
            } finally {
                slot().giveUp();
            }
        }
    }
}
