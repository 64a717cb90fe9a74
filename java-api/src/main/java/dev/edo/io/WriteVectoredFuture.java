package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.SpentFuture;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One write to several buffers. */
final class WriteVectoredFuture implements IoFuture<Integer> {
    private final ByteBuffer[] srcs;

    /** Null when this completed or was cancelled. */
    private @Nullable AsyncWrite sink;

    private @Nullable Waker registered;

    WriteVectoredFuture(AsyncWrite sink, ByteBuffer[] srcs) {
        this.sink = sink;
        this.srcs = srcs;
    }

    @Override
    public Poll<Integer> poll(Context cx) throws IOException {
        var to = sink;
        if (to == null) {
            throw SpentFuture.polledAgain();
        }
        int n;
        try {
            n = to.pollWrite(cx, srcs);
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
