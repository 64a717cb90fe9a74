package dev.edo.stream;

import dev.edo.future.Context;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What {@link Stream#mapWhile} returns. */
final class MapWhileStream<T, R> implements Stream<R> {
    private final Stream<T> source;
    private final Function<? super T, ? extends @Nullable R> mapper;
    private boolean done;

    MapWhileStream(Stream<T> source, Function<? super T, ? extends @Nullable R> mapper) {
        this.source = source;
        this.mapper = Objects.requireNonNull(mapper, "mapper");
    }

    @Override
    public @Nullable R pollNext(Context cx) throws Exception {
        var element = done ? null : source.pollNext(cx);
        if (element == null) {
            return null;
        }
        R mapped = mapper.apply(element);
        if (mapped == null) {
            cancel();
        }
        return mapped;
    }

    @Override
    public boolean isTerminated() {
        return done || source.isTerminated();
    }

    @Override
    public void cancel() {
        done = true;
        source.cancel();
    }

    @Override
    public SizeHint sizeHint() {
        return done ? SizeHint.NONE : source.sizeHint().withoutLower();
    }
}
