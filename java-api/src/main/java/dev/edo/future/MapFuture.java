package dev.edo.future;

import dev.edo.internal.SpentFuture;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Future#map} returns.
 *
 * @param <T> the type of the source's value
 * @param <R> the type of the result
 */
final class MapFuture<T extends @Nullable Object, R extends @Nullable Object> implements Future<R> {
    private final Function<? super T, ? extends R> mapper;
    private @Nullable Future<T> source;

    MapFuture(Future<T> source, Function<? super T, ? extends R> mapper) {
        this.source = source;
        this.mapper = Objects.requireNonNull(mapper, "mapper");
    }

    @Override
    public Poll<R> poll(Context cx) throws Exception {
        var running = source;
        if (running == null) {
            throw SpentFuture.polledAgain("map");
        }
        boolean ended = true;
        try {
            var poll = running.poll(cx);
            ended = poll.isReady();
            return poll instanceof Poll.Ready<T>(var value)
                    ? Poll.ready(mapper.apply(value))
                    : Poll.pending();
        } finally {
            if (ended) {
                source = null;
            }
        }
    }

    @Override
    public void cancel() {
        var running = source;
        if (running != null) {
            source = null;
            running.cancel();
        }
    }
}
