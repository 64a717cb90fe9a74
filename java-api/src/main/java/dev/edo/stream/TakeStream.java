package dev.edo.stream;

import dev.edo.future.Context;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Stream#take} returns.
 *
 * <p>Invariants: once {@code remaining} is 0, the source has been cancelled, or will be by the next
 * poll where nothing was to be taken at all.
 */
final class TakeStream<T> implements Stream<T> {
    private final Stream<T> source;
    private long remaining;

    TakeStream(Stream<T> source, long count) {
        if (count < 0) {
            throw new IllegalArgumentException("count=" + count + " must not be negative");
        }
        this.source = source;
        this.remaining = count;
    }

    @Override
    public @Nullable T pollNext(Context cx) throws Exception {
        if (remaining == 0) {
            source.cancel();
            return null;
        }
        var element = source.pollNext(cx);
        if (element != null && --remaining == 0) {
            source.cancel();
        }
        return element;
    }

    @Override
    public boolean isTerminated() {
        return remaining == 0 || source.isTerminated();
    }

    @Override
    public void cancel() {
        remaining = 0;
        source.cancel();
    }

    @Override
    public SizeHint sizeHint() {
        return remaining == 0 ? SizeHint.NONE : source.sizeHint().atMost(remaining);
    }
}
