package dev.edo.runtime;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@link Handle#wrap} returns. */
final class WrappedFuture<T extends @Nullable Object> implements Future<T> {
    private final Handle runtime;
    private final Future<T> future;

    WrappedFuture(Handle runtime, Future<T> future) {
        this.runtime = runtime;
        this.future = Objects.requireNonNull(future, "future");
    }

    @Override
    public Poll<T> poll(Context cx) throws Exception {
        try (var _ = runtime.enter()) {
            return future.poll(cx);
        }
    }

    @Override
    public void cancel() {
        try (var _ = runtime.enter()) {
            future.cancel();
        }
    }
}
