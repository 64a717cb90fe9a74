package dev.edo.sync;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.internal.SpentFuture;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs a future until a token is cancelled.
 *
 * <p>Invariants: {@code running} is null once this has ended; {@code polled} once the future had
 * its first poll.
 *
 * <p>Origin: {@code run_until_cancelled} of tokio-util's {@code cancellation_token.rs}.
 *
 * @param <T> the type of the future's value
 */
final class RunUntilCancelled<T extends @Nullable Object> implements Future<UntilCancelled<T>> {
    private final TokenNode token;
    private final CancelledFuture cancelled;
    private @Nullable Future<T> running;
    private boolean polled;

    RunUntilCancelled(TokenNode token, Future<T> future) {
        this.token = token;
        this.cancelled = new CancelledFuture(token);
        this.running = Objects.requireNonNull(future, "future");
    }

    @Override
    public Poll<UntilCancelled<T>> poll(Context cx) throws Exception {
        var future = running;
        if (future == null) {
            throw SpentFuture.polledAgain();
        }
        if (!polled && token.isCancelled()) {
            return stop();
        }
        polled = true;
        boolean waiting = false;
        try {
            if (future.poll(cx) instanceof Poll.Ready<T>(var value)) {
                return Poll.ready(new UntilCancelled.Completed<>(value));
            }
            waiting = true;
        } finally {
            if (!waiting) {
                running = null;
                cancelled.cancel();
            }
        }
        return cancelled.poll(cx).isReady() ? stop() : Poll.pending();
    }

    private Poll<UntilCancelled<T>> stop() {
        cancel();
        return Poll.ready(new UntilCancelled.Cancelled<>());
    }

    @Override
    public void cancel() {
        var future = running;
        if (future != null) {
            running = null;
            cancelled.cancel();
            future.cancel();
        }
    }
}
