package dev.edo.task;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.internal.SpentFuture;
import dev.edo.runtime.Handle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Scope} as a future.
 *
 * <p>Invariants: {@code running} is the body's future while it is to be polled or cancelled;
 * {@code scope} is null before the first poll. The scope hears of the body's end exactly once.
 *
 * @param <T> the type of the result
 */
final class ScopeFuture<T extends @Nullable Object> implements Future<T> {
    private final Scope.Body<? extends Future<? extends T>> body;
    private @Nullable Scope scope;
    private @Nullable Future<? extends T> running;
    private @Nullable T value;
    private boolean done;

    ScopeFuture(Scope.Body<? extends Future<? extends T>> body) {
        this.body = Objects.requireNonNull(body, "body");
    }

    @Override
    public Poll<T> poll(Context cx) throws Exception {
        if (done) {
            throw SpentFuture.polledAgain("Scope.future");
        }
        var open = scope;
        if (open == null) {
            open = open();
        }
        open.register(cx.waker());
        if (running != null) {
            pollBody(open, running, cx);
        }
        if (!open.hasEnded()) {
            return Poll.pending();
        }
        done = true;
        var failure = open.failure();
        if (failure != null) {
            throw ScopeCall.raise(failure);
        }
        @SuppressWarnings("NullAway") // the body's value
        T result = value;
        return Poll.ready(result);
    }

    private Scope open() {
        var open = new Scope(Handle.current(), null);
        scope = open;
        try {
            running = Objects.requireNonNull(
                    body.call(open), "the body of a Scope.future returned null; want a future");
        } catch (Throwable t) {
            open.bodyEnded(t);
        }
        return open;
    }

    private void pollBody(Scope open, Future<? extends T> future, Context cx) {
        try {
            if (open.hasFailed()) {
                running = null;
                future.cancel();
                open.bodyEnded(null);
            } else if (future.poll(cx) instanceof Poll.Ready<? extends T>(var result)) {
                running = null;
                value = result;
                open.bodyEnded(null);
            }
        } catch (Throwable t) {
            running = null;
            open.bodyEnded(t);
        }
    }

    @Override
    public void cancel() {
        if (done) {
            return;
        }
        done = true;
        var future = running;
        var open = scope;
        running = null;
        if (open != null) {
            open.register(null);
            open.cancel();
            if (future != null) {
                try {
                    future.cancel();
                } finally {
                    open.bodyEnded(null);
                }
            }
        }
    }
}
