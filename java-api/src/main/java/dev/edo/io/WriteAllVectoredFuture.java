package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.SpentFuture;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Writes until several buffers are empty. */
final class WriteAllVectoredFuture implements IoFuture<@Nullable Void> {
    private final ByteBuffer[] srcs;

    /** The first one that may have something left. */
    private int next;

    /** Null when this completed or was cancelled. */
    private @Nullable AsyncWrite sink;

    private @Nullable Waker registered;

    WriteAllVectoredFuture(AsyncWrite sink, ByteBuffer[] srcs) {
        this.sink = sink;
        this.srcs = srcs;
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) throws IOException {
        var to = sink;
        if (to == null) {
            throw SpentFuture.polledAgain();
        }
        try {
            while (hasRemaining()) {
                int n = next == srcs.length - 1 ? to.pollWrite(cx, srcs[next]) : to.pollWrite(cx, srcs);
                if (n == IoResult.PENDING) {
                    registered = cx.waker();
                    return Poll.pending();
                }
                if (n <= 0) {
                    throw new IOException("the sink takes no more, left=" + left() + " bytes");
                }
            }
        } catch (Throwable e) {
            sink = null;
            throw e;
        }
        sink = null;
        return Poll.ready();
    }

    private boolean hasRemaining() {
        while (next < srcs.length && !srcs[next].hasRemaining()) {
            next++;
        }
        return next < srcs.length;
    }

    private long left() {
        long left = 0;
        for (var src : srcs) {
            left += src.remaining();
        }
        return left;
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
