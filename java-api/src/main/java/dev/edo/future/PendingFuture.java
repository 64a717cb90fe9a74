package dev.edo.future;

import org.jspecify.annotations.Nullable;

/**
 * What {@link Future#pending} returns. It holds nothing, so one instance serves everybody;
 * therefore it cannot tell that it was cancelled.
 *
 * @param <T> the type of the value that never comes
 */
final class PendingFuture<T extends @Nullable Object> implements Future<T> {
    static final PendingFuture<?> INSTANCE = new PendingFuture<>();

    private PendingFuture() {}

    @Override
    public Poll<T> poll(Context cx) {
        return Poll.pending();
    }
}
