package dev.edo.stream;

import dev.edo.future.Context;
import org.jspecify.annotations.Nullable;

/** What {@link Stream#fuse} returns. */
final class FuseStream<T> implements Stream<T> {
    /** Null once it has ended. */
    private @Nullable Stream<T> source;

    FuseStream(Stream<T> source) {
        this.source = source;
    }

    @Override
    public @Nullable T pollNext(Context cx) throws Exception {
        var running = source;
        if (running == null) {
            return null;
        }
        var element = running.pollNext(cx);
        if (element == null && running.isTerminated()) {
            source = null;
        }
        return element;
    }

    @Override
    public boolean isTerminated() {
        return source == null;
    }

    @Override
    public void cancel() {
        var running = source;
        if (running != null) {
            source = null;
            running.cancel();
        }
    }

    @Override
    public SizeHint sizeHint() {
        return source == null ? SizeHint.NONE : source.sizeHint();
    }
}
