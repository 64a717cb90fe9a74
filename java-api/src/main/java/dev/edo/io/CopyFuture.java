package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.SpentFuture;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Copies a source into a sink. */
final class CopyFuture implements IoFuture<Long> {
    private final AsyncRead from;
    private final AsyncWrite to;

    /** Null when this completed or was cancelled. */
    private @Nullable CopyBuffer copy;

    private @Nullable Waker registered;

    CopyFuture(AsyncRead from, AsyncWrite to, ByteBuffer buffer) {
        this.from = from;
        this.to = to;
        this.copy = new CopyBuffer(buffer);
    }

    @Override
    public Poll<Long> poll(Context cx) throws IOException {
        var running = copy;
        if (running == null) {
            throw SpentFuture.polledAgain();
        }
        boolean done;
        try {
            done = running.pollCopy(cx, from, to);
        } catch (Throwable e) {
            registered = cx.waker();
            cancel(); // the other side may have the waker
            throw e;
        }
        if (!done) {
            registered = cx.waker();
            return Poll.pending();
        }
        copy = null;
        return Poll.ready(running.copied());
    }

    @Override
    public void cancel() {
        var waker = registered;
        boolean open = copy != null;
        copy = null;
        registered = null;
        if (open && waker != null) {
            from.cancelRead(waker);
            to.cancelWrite(waker);
        }
    }
}
