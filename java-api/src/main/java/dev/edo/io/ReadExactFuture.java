package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.SpentFuture;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads until a buffer is full. */
final class ReadExactFuture implements IoFuture<@Nullable Void> {
    private final ByteBuffer dst;

    /** Null when this completed or was cancelled. */
    private @Nullable AsyncRead source;

    private @Nullable Waker registered;

    ReadExactFuture(AsyncRead source, ByteBuffer dst) {
        this.source = source;
        this.dst = dst;
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) throws IOException {
        var from = source;
        if (from == null) {
            throw SpentFuture.polledAgain();
        }
        try {
            while (dst.hasRemaining()) {
                int n = from.pollRead(cx, dst);
                if (n == IoResult.PENDING) {
                    registered = cx.waker();
                    return Poll.pending();
                }
                if (n <= 0) {
                    throw new EOFException("the stream ended, missing=" + dst.remaining() + " bytes");
                }
            }
        } catch (Throwable e) {
            source = null;
            throw e;
        }
        source = null;
        return Poll.ready();
    }

    @Override
    public void cancel() {
        var from = source;
        var waker = registered;
        source = null;
        registered = null;
        if (from != null && waker != null) {
            from.cancelRead(waker);
        }
    }
}
