package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.SpentFuture;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One read into several buffers. */
final class ReadVectoredFuture implements IoFuture<Integer> {
    private final ByteBuffer[] dsts;

    /** Null when this completed or was cancelled. */
    private @Nullable AsyncRead source;

    private @Nullable Waker registered;

    ReadVectoredFuture(AsyncRead source, ByteBuffer[] dsts) {
        this.source = source;
        this.dsts = dsts;
    }

    @Override
    public Poll<Integer> poll(Context cx) throws IOException {
        var from = source;
        if (from == null) {
            throw SpentFuture.polledAgain();
        }
        int n;
        try {
            n = from.pollRead(cx, dsts);
        } catch (Throwable e) {
            source = null;
            throw e;
        }
        if (n == IoResult.PENDING) {
            registered = cx.waker();
            return Poll.pending();
        }
        source = null;
        return Poll.ready(n);
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
