package dev.edo.stream;

import dev.edo.future.Context;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What {@link Stream#skipWhile} returns. */
final class SkipWhileStream<T> implements Stream<T> {
    private final Stream<T> source;

    /** Null once an element was passed on. */
    private @Nullable Predicate<? super T> predicate;

    SkipWhileStream(Stream<T> source, Predicate<? super T> predicate) {
        this.source = source;
        this.predicate = Objects.requireNonNull(predicate, "predicate");
    }

    @Override
    public @Nullable T pollNext(Context cx) throws Exception {
        var element = source.pollNext(cx);
        var skipped = predicate;
        if (skipped == null) {
            return element;
        }
        while (element != null && skipped.test(element)) {
            element = source.pollNext(cx);
        }
        if (element != null) {
            predicate = null;
        }
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
        return predicate == null ? source.sizeHint() : source.sizeHint().withoutLower();
    }
}
