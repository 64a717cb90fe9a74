package dev.edo.stream;

import dev.edo.future.Context;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Stream#notifyClose} returns.
 *
 * <p>Origin: tokio-stream's {@code StreamNotifyClose}.
 */
final class NotifyCloseStream<T> implements Stream<Optional<T>> {
    /** Null once its end was announced. */
    private @Nullable Stream<T> source;

    NotifyCloseStream(Stream<T> source) {
        this.source = source;
    }

    @Override
    public @Nullable Optional<T> pollNext(Context cx) throws Exception {
        var running = source;
        if (running == null) {
            return null;
        }
        var element = running.pollNext(cx);
        if (element != null) {
            return Optional.of(element);
        }
        if (!running.isTerminated()) {
            return null;
        }
        source = null;
        return Optional.empty();
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
        return source == null ? SizeHint.NONE : source.sizeHint().plus(1);
    }
}
