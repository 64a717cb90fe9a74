package dev.edo.stream;

import dev.edo.future.Context;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@link Stream#chain} returns. */
final class ChainStream<T> implements Stream<T> {
    /** Null once it has ended. */
    private @Nullable Stream<T> first;

    private final Stream<? extends T> second;

    ChainStream(Stream<T> first, Stream<? extends T> second) {
        this.first = first;
        this.second = Objects.requireNonNull(second, "other");
    }

    @Override
    public @Nullable T pollNext(Context cx) throws Exception {
        var running = first;
        if (running != null) {
            var element = running.pollNext(cx);
            if (element != null || !running.isTerminated()) {
                return element;
            }
            first = null;
        }
        return second.pollNext(cx);
    }

    @Override
    public boolean isTerminated() {
        return (first == null || first.isTerminated()) && second.isTerminated();
    }

    @Override
    public void cancel() {
        StreamFailure.cancelBoth(first, second);
    }

    @Override
    public SizeHint sizeHint() {
        var hint = second.sizeHint();
        return first == null ? hint : hint.plus(first.sizeHint());
    }
}
