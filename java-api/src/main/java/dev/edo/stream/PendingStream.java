package dev.edo.stream;

import dev.edo.future.Context;
import org.jspecify.annotations.Nullable;

/** What {@link Stream#pending} returns. */
final class PendingStream<T> implements Stream<T> {
    private boolean cancelled;

    @Override
    public @Nullable T pollNext(Context cx) {
        return null;
    }

    @Override
    public boolean isTerminated() {
        return cancelled;
    }

    @Override
    public void cancel() {
        cancelled = true;
    }
}
