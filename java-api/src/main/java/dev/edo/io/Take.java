package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The first bytes of a source; see {@link AsyncRead#take(long)}.
 *
 * <pre>{@code
 * byte[] body = stream.take(contentLength).readToEnd(MAX_BODY_BYTES).await();
 * }</pre>
 *
 * <p><em>Cancel safety:</em> as the source's.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/io/struct.Take.html">tokio::io::Take</a>
 */
public sealed class Take implements AsyncRead permits BufTake {
    private final AsyncRead source;
    private long limitBytes;

    Take(AsyncRead source, long limitBytes) {
        this.source = source;
        setLimit(limitBytes);
    }

    /** {@return how many bytes may still be read} */
    public final long limit() {
        return limitBytes;
    }

    /**
     * Changes how many bytes may still be read, whatever was read before.
     *
     * @param bytes not negative
     * @throws IllegalArgumentException when it is
     */
    public final void setLimit(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("limit=" + bytes + " bytes: a limit is not negative");
        }
        this.limitBytes = bytes;
    }

    final void count(int bytes) {
        limitBytes -= bytes;
    }

    @Override
    public final int pollRead(Context cx, ByteBuffer dst) throws IOException {
        if (!dst.hasRemaining()) {
            return 0;
        }
        if (limitBytes == 0) {
            return IoResult.END_OF_STREAM; // the source may wait for ever
        }
        int whole = dst.limit();
        int n;
        try {
            if (dst.remaining() > limitBytes) {
                dst.limit(dst.position() + (int) limitBytes);
            }
            n = source.pollRead(cx, dst);
        } finally {
            dst.limit(whole);
        }
        if (n > 0) {
            count(n);
        }
        return n;
    }

    @Override
    public final void cancelRead(Waker waker) {
        source.cancelRead(waker);
    }
}
