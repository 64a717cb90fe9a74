package dev.edo.future;

import dev.edo.internal.SpentFuture;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Future#of} returns: makes a bare poll function single-use.
 *
 * @param <T> the type of the value
 */
final class OnceFuture<T extends @Nullable Object> implements Future<T> {
    private @Nullable Future<T> function;

    OnceFuture(Future<T> function) {
        this.function = Objects.requireNonNull(function, "poll");
    }

    @Override
    public Poll<T> poll(Context cx) throws Exception {
        var running = function;
        if (running == null) {
            throw SpentFuture.polledAgain("Future.of");
        }
        boolean ended = true;
        try {
            var poll = running.poll(cx);
            ended = poll.isReady();
            return poll;
        } finally {
            if (ended) {
                function = null;
            }
        }
    }

    @Override
    public void cancel() {
        var running = function;
        if (running != null) {
            function = null;
            running.cancel();
        }
    }
}
