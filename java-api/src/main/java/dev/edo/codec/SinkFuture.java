package dev.edo.codec;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.SpentFuture;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Flushes or closes a sink. */
final class SinkFuture implements IoFuture<@Nullable Void> {
    private final boolean close;

    /** Null when this completed or was cancelled. */
    private @Nullable Sink<?> sink;

    private @Nullable Waker registered;

    SinkFuture(Sink<?> sink, boolean close) {
        this.sink = sink;
        this.close = close;
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) throws IOException {
        var to = sink;
        if (to == null) {
            throw SpentFuture.polledAgain();
        }
        boolean done;
        try {
            done = close ? to.pollClose(cx) : to.pollFlush(cx);
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

    private void end() {
        sink = null;
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
