package dev.edo.sync;

import dev.edo.future.Context;
import dev.edo.future.InfallibleFuture;
import dev.edo.future.Poll;
import dev.edo.internal.SpentFuture;
import org.jspecify.annotations.Nullable;

/** A wait for the value of a {@link SetOnce}. */
final class SetOnceWait<T> extends Waiter implements InfallibleFuture<T> {
    private enum Phase {
        INITIAL,
        QUEUED,
        DONE
    }

    private final SetOnce<T> cell;
    private Phase phase = Phase.INITIAL;

    SetOnceWait(SetOnce<T> cell) {
        this.cell = cell;
    }

    @Override
    public Poll<T> poll(Context cx) {
        if (phase == Phase.DONE) {
            throw SpentFuture.polledAgain();
        }
        if (!cx.pollProceed()) {
            return Poll.pending();
        }
        var value = cell.get();
        if (value == null) {
            value = register(cx);
        }
        if (value == null) {
            return Poll.pending();
        }
        phase = Phase.DONE;
        cx.madeProgress();
        return Poll.ready(value);
    }

    private @Nullable T register(Context cx) {
        var current = cx.waker();
        if (phase == Phase.QUEUED) {
            return waker == current ? null : cell.replaceWaker(this, current);
        }
        waker = current;
        var value = cell.getOrWait(this);
        if (value == null) {
            phase = Phase.QUEUED;
        } else {
            waker = null;
        }
        return value;
    }

    @Override
    public void cancel() {
        boolean queued = phase == Phase.QUEUED;
        phase = Phase.DONE;
        if (queued) {
            cell.leave(this);
        }
    }
}
