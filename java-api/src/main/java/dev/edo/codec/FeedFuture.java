package dev.edo.codec;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.SpentFuture;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts one item into a sink, and flushes it if asked to.
 *
 * @param <T> the type of the item
 */
final class FeedFuture<T> implements IoFuture<@Nullable Void> {
    private final boolean flush;

    /** Null when this completed or was cancelled. */
    private @Nullable Sink<T> sink;

    /** Null when the sink has it. */
    private @Nullable T item;

    private @Nullable Waker registered;

    FeedFuture(Sink<T> sink, T item, boolean flush) {
        this.sink = sink;
        this.item = Objects.requireNonNull(item, "item");
        this.flush = flush;
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) throws IOException {
        var to = sink;
        if (to == null) {
            throw SpentFuture.polledAgain();
        }
        boolean done;
        try {
            done = advance(to, cx);
        } catch (Throwable e) {
            end();
            throw e;
        }
        if (!done) {
            registered = cx.waker();
            return Poll.pending();
        }
        end();
        return Poll.ready();
    }

    private boolean advance(Sink<T> to, Context cx) throws IOException {
        var given = item;
        if (given != null) {
            if (!to.pollReady(cx)) {
                return false;
            }
            item = null;
            to.startSend(given);
        }
        return !flush || to.pollFlush(cx);
    }

    private void end() {
        sink = null;
        item = null;
        registered = null;
    }

    @Override
    public void cancel() {
        var to = sink;
        var waker = registered;
        end();
        if (to != null && waker != null) {
            to.cancelSend(waker);
        }
    }
}
