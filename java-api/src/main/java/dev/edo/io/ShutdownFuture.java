package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.SpentFuture;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Ends a sink. */
final class ShutdownFuture implements IoFuture<@Nullable Void> {
    /** Null when this completed or was cancelled. */
    private @Nullable AsyncWrite sink;

    private @Nullable Waker registered;

    ShutdownFuture(AsyncWrite sink) {
        this.sink = sink;
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) throws IOException {
        var to = sink;
        if (to == null) {
            throw SpentFuture.polledAgain();
        }
        boolean done;
        try {
            done = to.pollShutdown(cx);
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
