package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.SpentFuture;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A future that reads from one source until it has what it wants.
 *
 * <p>Invariants: {@code source} is null from the moment this completed, failed or was cancelled;
 * {@code registered} is the waker of the last pending poll.
 *
 * @param <R> the kind of source
 * @param <T> the type of the value
 */
abstract class ReadingFuture<R extends AsyncRead, T extends @Nullable Object> implements IoFuture<T> {
    private @Nullable R source;

    private @Nullable Waker registered;

    ReadingFuture(R source) {
        this.source = source;
    }

    /** Goes on; pending means that the source has the waker of {@code cx}. */
    abstract Poll<T> step(R from, Context cx) throws IOException;

    @Override
    public final Poll<T> poll(Context cx) throws IOException {
        var from = source;
        if (from == null) {
            throw SpentFuture.polledAgain();
        }
        Poll<T> poll;
        try {
            poll = step(from, cx);
        } catch (Throwable e) {
            source = null;
            throw e;
        }
        if (poll.isReady()) {
            source = null;
        } else {
            registered = cx.waker();
        }
        return poll;
    }

    @Override
    public final void cancel() {
        var from = source;
        var waker = registered;
        source = null;
        registered = null;
        if (from != null && waker != null) {
            from.cancelRead(waker);
        }
    }
}
