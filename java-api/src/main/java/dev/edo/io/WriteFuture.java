package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.SpentFuture;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One write to one buffer. */
final class WriteFuture implements IoFuture<Integer> {
    private final ByteBuffer src;

    /** Null when this completed or was cancelled. */
    private @Nullable AsyncWrite sink;

    private @Nullable Waker registered;

    WriteFuture(AsyncWrite sink, ByteBuffer src) {
        this.sink = sink;
        this.src = src;
    }

    @Override
    public Poll<Integer> poll(Context cx) throws IOException {
        var to = sink;
        if (to == null) {
            throw SpentFuture.polledAgain();
        }
        int n;
        try {
            n = to.pollWrite(cx, src);
        } catch (Throwable e) {
            sink = null;
            throw e;
        }
        if (n == IoResult.PENDING) {
            registered = cx.waker();
            return Poll.pending();
        }
        sink = null;
        return Poll.ready(n);
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
