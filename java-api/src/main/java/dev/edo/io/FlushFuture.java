package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.SpentFuture;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Flushes a sink, and ends it if asked to. */
final class FlushFuture implements IoFuture<@Nullable Void> {
    private final boolean shutdown;

    /** Null when this completed or was cancelled. */
    private @Nullable AsyncWrite sink;

    private @Nullable Waker registered;

    FlushFuture(AsyncWrite sink, boolean shutdown) {
        this.sink = sink;
        this.shutdown = shutdown;
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) throws IOException {
        var to = sink;
        if (to == null) {
            throw SpentFuture.polledAgain();
        }
        boolean done;
        try {
            done = shutdown ? to.pollShutdown(cx) : to.pollFlush(cx);
        } catch (Throwable e) {
            sink = null;
            throw e;
        }
        if (!done) {
            registered = cx.waker();
            return Poll.pending();
        }
        sink = null;
        return Poll.ready();
    }

    @Override
    public void cancel() {
        var to = sink;
        var waker = registered;
        sink = null;
        registered = null;
        if (to != null && waker != null) {
            to.cancelWrite(waker);
        }
    }
}
