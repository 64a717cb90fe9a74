package dev.edo.stream;

import dev.edo.future.Context;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What {@link Stream#map} returns. */
final class MapStream<T, R> implements Stream<R> {
    private final Stream<T> source;
    private final Function<? super T, ? extends R> mapper;

    MapStream(Stream<T> source, Function<? super T, ? extends R> mapper) {
        this.source = source;
        this.mapper = Objects.requireNonNull(mapper, "mapper");
    }

    @Override
    public @Nullable R pollNext(Context cx) throws Exception {
        var element = source.pollNext(cx);
        return element == null ? null : NullElement.rejected(mapper.apply(element), "map()");
    }

    @Override
    public boolean isTerminated() {
        return source.isTerminated();
    }

    @Override
    public void cancel() {
        source.cancel();
    }

    @Override
    public SizeHint sizeHint() {
        return source.sizeHint();
    }
}
