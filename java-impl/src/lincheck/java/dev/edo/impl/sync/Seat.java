package dev.edo.impl.sync;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One future at a time, polled by hand by one thread at a time, and whether it was woken since.
 *
 * @param <T> the type of the futures' values
 */
final class Seat<T extends @Nullable Object> implements Waker {
    private final Context cx = Context.of(this);
    private @Nullable Future<T> future;
    private volatile boolean woken;

    @Override
    public void wake() {
        woken = true;
    }

    /** Puts a future here, unless there is one. */
    void place(Supplier<? extends Future<T>> made) {
        if (future == null) {
            future = made.get();
        }
    }

    boolean isEmpty() {
        return future == null;
    }

    /**
     * Polls what is here; null where it is pending, or where there is nothing. The future is gone
     * once it ended.
     */
    Poll.@Nullable Ready<T> poll() throws Exception {
        var polled = future;
        if (polled == null) {
            return null;
        }
        woken = false;
        boolean ended = true;
        try {
            var poll = polled.poll(cx);
            ended = poll.isReady();
            return poll instanceof Poll.Ready<T> ready ? ready : null;
        } finally {
            if (ended) {
                future = null;
            }
        }
    }

    void cancel() {
        var cancelled = future;
        if (cancelled != null) {
            future = null;
            cancelled.cancel();
        }
    }

    /**
     * Once all threads have come to rest: a wait that is over was woken.
     *
     * @param polled whether the future, if there is one, was polled before
     */
    void requireNoLostWakeUp(boolean polled) {
        if (future == null || !polled || woken) {
            return;
        }
        boolean pending = false;
        try {
            pending = poll() == null;
        } catch (Exception e) {
            throw new IllegalStateException("a wait had failed, and its waker was not called", e);
        }
        if (!pending) {
            throw new IllegalStateException("a wait was over, and its waker was not called");
        }
    }
}
