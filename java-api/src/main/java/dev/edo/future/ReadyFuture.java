package dev.edo.future;

import dev.edo.internal.SpentFuture;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Future#ready} returns.
 *
 * @param <T> the type of the value
 */
final class ReadyFuture<T extends @Nullable Object> implements Future<T> {
    private @Nullable Poll<T> poll;

    ReadyFuture(T value) {
        this.poll = Poll.ready(value);
    }

    @Override
    public Poll<T> poll(Context cx) {
        var ready = poll;
        if (ready == null) {
            throw SpentFuture.polledAgain("Future.ready");
        }
        poll = null;
        return ready;
    }

    @Override
    public void cancel() {
        poll = null;
    }
}
