package dev.edo.stream;

import dev.edo.future.Context;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What {@link Stream#filterMap} returns. */
final class FilterMapStream<T, R> implements Stream<R> {
    private final Stream<T> source;
    private final Function<? super T, ? extends @Nullable R> mapper;

    FilterMapStream(Stream<T> source, Function<? super T, ? extends @Nullable R> mapper) {
        this.source = source;
        this.mapper = Objects.requireNonNull(mapper, "mapper");
    }

    @Override
    public @Nullable R pollNext(Context cx) throws Exception {
        while (true) {
            var element = source.pollNext(cx);
            if (element == null) {
                return null;
            }
            R mapped = mapper.apply(element);
            if (mapped != null) {
                return mapped;
            }
        }
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
        return source.sizeHint().withoutLower();
    }
}
