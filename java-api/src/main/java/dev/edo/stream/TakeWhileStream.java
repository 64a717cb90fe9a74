package dev.edo.stream;

import dev.edo.future.Context;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What {@link Stream#takeWhile} returns. */
final class TakeWhileStream<T> implements Stream<T> {
    private final Stream<T> source;
    private final Predicate<? super T> predicate;
    private boolean done;

    TakeWhileStream(Stream<T> source, Predicate<? super T> predicate) {
        this.source = source;
        this.predicate = Objects.requireNonNull(predicate, "predicate");
    }

    @Override
    public @Nullable T pollNext(Context cx) throws Exception {
        var element = done ? null : source.pollNext(cx);
        if (element == null || predicate.test(element)) {
            return element;
        }
        cancel();
        return null;
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
