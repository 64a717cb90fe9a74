package dev.edo.stream;

import dev.edo.future.Context;
import org.jspecify.annotations.Nullable;

/** What {@link Stream#skip} returns. */
final class SkipStream<T> implements Stream<T> {
    private final Stream<T> source;
    private long remaining;

    SkipStream(Stream<T> source, long count) {
        if (count < 0) {
            throw new IllegalArgumentException("count=" + count + " must not be negative");
        }
        this.source = source;
        this.remaining = count;
    }

    @Override
    public @Nullable T pollNext(Context cx) throws Exception {
        var element = source.pollNext(cx);
        while (element != null && remaining > 0) {
            remaining--;
            element = source.pollNext(cx);
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
        return source.sizeHint().minus(remaining);
    }
}
