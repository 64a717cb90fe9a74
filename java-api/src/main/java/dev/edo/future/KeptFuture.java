package dev.edo.future;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A future that outlives the combinator it is in: giving up does not reach it.
 *
 * @param <T> the type of the value
 */
final class KeptFuture<T extends @Nullable Object> implements Future<T> {
    private final Future<T> future;

    KeptFuture(Future<T> future) {
        this.future = Objects.requireNonNull(future, "future");
    }

    /** The future that it is around. */
    Future<T> kept() {
        return future;
    }

    @Override
    public Poll<T> poll(Context cx) throws Exception {
        return future.poll(cx);
    }
}
