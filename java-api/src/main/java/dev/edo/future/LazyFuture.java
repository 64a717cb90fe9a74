package dev.edo.future;

import dev.edo.internal.SpentFuture;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Future#lazy} returns.
 *
 * @param <T> the type of the value
 */
final class LazyFuture<T extends @Nullable Object> implements Future<T> {
    private @Nullable Callable<? extends T> body;

    LazyFuture(Callable<? extends T> body) {
        this.body = Objects.requireNonNull(body, "body");
    }

    @Override
    public Poll<T> poll(Context cx) throws Exception {
        var code = body;
        if (code == null) {
            throw SpentFuture.polledAgain("Future.lazy");
        }
        body = null;
        return Poll.ready(code.call());
    }

    @Override
    public void cancel() {
        body = null;
    }
}
