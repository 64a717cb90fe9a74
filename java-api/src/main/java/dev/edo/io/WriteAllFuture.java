package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.SpentFuture;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Writes until a buffer is empty. */
final class WriteAllFuture implements IoFuture<@Nullable Void> {
    private final ByteBuffer src;

    /** Null when this completed or was cancelled. */
    private @Nullable AsyncWrite sink;

    private @Nullable Waker registered;

    WriteAllFuture(AsyncWrite sink, ByteBuffer src) {
        this.sink = sink;
        this.src = src;
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) throws IOException {
        var to = sink;
        if (to == null) {
            throw SpentFuture.polledAgain();
        }
        try {
            while (src.hasRemaining()) {
                int n = to.pollWrite(cx, src);
                if (n == IoResult.PENDING) {
                    registered = cx.waker();
                    return Poll.pending();
                }
                if (n <= 0) {
                    throw new IOException("the sink takes no more, left=" + src.remaining() + " bytes");
                }
            }
        } catch (Throwable e) {
            sink = null;
            throw e;
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
