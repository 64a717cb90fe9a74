package dev.edo.stream;

import dev.edo.future.Context;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Stream#merge} returns.
 *
 * <p>Algorithm: the two take turns in being polled first. One that has ended is not polled any more.
 */
final class MergeStream<T> implements Stream<T> {
    private @Nullable Stream<? extends T> first;
    private @Nullable Stream<? extends T> second;
    private boolean secondsTurn;

    MergeStream(Stream<T> first, Stream<? extends T> second) {
        this.first = first;
        this.second = Objects.requireNonNull(second, "other");
    }

    @Override
    public @Nullable T pollNext(Context cx) throws Exception {
        boolean startAtSecond = secondsTurn;
        secondsTurn = !startAtSecond;
        var element = startAtSecond ? pollSecond(cx) : pollFirst(cx);
        if (element == null) {
            element = startAtSecond ? pollFirst(cx) : pollSecond(cx);
        }
        return element;
    }

    private @Nullable T pollFirst(Context cx) throws Exception {
        var polled = first;
        if (polled == null) {
            return null;
        }
        var element = polled.pollNext(cx);
        if (element == null && polled.isTerminated()) {
            first = null;
        }
        return element;
    }

    private @Nullable T pollSecond(Context cx) throws Exception {
        var polled = second;
        if (polled == null) {
            return null;
        }
        var element = polled.pollNext(cx);
        if (element == null && polled.isTerminated()) {
            second = null;
        }
        return element;
    }

    @Override
    public boolean isTerminated() {
        return (first == null || first.isTerminated()) && (second == null || second.isTerminated());
    }

    @Override
    public void cancel() {
        StreamFailure.cancelBoth(first, second);
    }

    @Override
    public SizeHint sizeHint() {
        var hint = first == null ? SizeHint.NONE : first.sizeHint();
        return second == null ? hint : hint.plus(second.sizeHint());
    }
}
