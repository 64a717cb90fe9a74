package dev.edo.task;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.spi.EdoProvider;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A future that is polled without a budget; it is the context of those polls itself.
 *
 * @param <T> the type of the value
 */
final class UnconstrainedFuture<T extends @Nullable Object> implements Future<T>, Context {
    private final Future<T> future;
    private @Nullable Context outer;

    UnconstrainedFuture(Future<T> future) {
        this.future = Objects.requireNonNull(future, "future");
    }

    @Override
    public Poll<T> poll(Context cx) throws Exception {
        var provider = EdoProvider.get();
        boolean before = provider.exemptFromBudget(true);
        outer = cx;
        try {
            return future.poll(this);
        } finally {
            outer = null;
            provider.exemptFromBudget(before);
        }
    }

    @Override
    public void cancel() {
        future.cancel();
    }

    private Context during() {
        var polling = outer;
        if (polling == null) {
            throw new IllegalStateException("a context was used after the poll that it was passed to");
        }
        return polling;
    }

    @Override
    public Waker waker() {
        return during().waker();
    }

    @Override
    public boolean isTracing() {
        return during().isTracing();
    }

    @Override
    public int random() {
        return during().random();
    }
}
