package dev.edo.task;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A future that costs one unit of the budget, whether it completes with a value or fails.
 *
 * @param <T> the type of the value
 */
final class CooperativeFuture<T extends @Nullable Object> implements Future<T> {
    private final Future<T> future;

    CooperativeFuture(Future<T> future) {
        this.future = Objects.requireNonNull(future, "future");
    }

    @Override
    public Poll<T> poll(Context cx) throws Exception {
        if (!cx.pollProceed() && !cx.isTracing()) { // a trace goes on to the future
            return Poll.pending();
        }
        Poll<T> poll;
        try {
            poll = future.poll(cx);
        } catch (Throwable t) {
            cx.madeProgress();
            throw t;
        }
        if (poll.isReady()) {
            cx.madeProgress();
        }
        return poll;
    }

    @Override
    public void cancel() {
        future.cancel();
    }
}
