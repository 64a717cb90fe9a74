package dev.edo.stream;

import dev.edo.future.Context;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What {@link Stream#filter} returns. */
final class FilterStream<T> implements Stream<T> {
    private final Stream<T> source;
    private final Predicate<? super T> predicate;

    FilterStream(Stream<T> source, Predicate<? super T> predicate) {
        this.source = source;
        this.predicate = Objects.requireNonNull(predicate, "predicate");
    }

    @Override
    public @Nullable T pollNext(Context cx) throws Exception {
        T element;
        do {
            element = source.pollNext(cx);
        } while (element != null && !predicate.test(element));
        return element;
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
