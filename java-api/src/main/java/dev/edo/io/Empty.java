package dev.edo.io;

import dev.edo.future.Context;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A source that is at its end, and a sink that takes everything; see {@link Io#empty()}.
 *
 * <pre>{@code
 * AsyncRead body = hasBody ? stream.take(length) : Io.empty();
 * }</pre>
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/io/fn.empty.html">tokio::io::empty</a>
 */
public final class Empty implements AsyncBufRead, AsyncWrite, AsyncSeek {
    static final Empty INSTANCE = new Empty();

    private Empty() {}

    private static boolean proceed(Context cx) {
        boolean proceeds = cx.pollProceed();
        if (proceeds) {
            cx.madeProgress();
        }
        return proceeds;
    }

    @Override
    public int pollRead(Context cx, ByteBuffer dst) {
        if (!dst.hasRemaining()) {
            return 0;
        }
        return proceed(cx) ? IoResult.END_OF_STREAM : IoResult.PENDING;
    }

    @Override
    public @Nullable ByteBuffer pollFillBuf(Context cx) {
        return proceed(cx) ? EmptyBuffer.instance() : null;
    }

    @Override
    public void consume(int bytes) {
        if (bytes != 0) {
            throw new IllegalArgumentException("consume bytes=" + bytes + ": there are none");
        }
    }

    @Override
    public int pollWrite(Context cx, ByteBuffer src) {
        if (!proceed(cx)) {
            return IoResult.PENDING;
        }
        int n = src.remaining();
        src.position(src.limit());
        return n;
    }

    @Override
    public int pollWrite(Context cx, ByteBuffer[] srcs) {
        if (!proceed(cx)) {
            return IoResult.PENDING;
        }
        int n = 0;
        for (var src : srcs) {
            if (src.remaining() > Integer.MAX_VALUE - n) {
                break;
            }
            n += src.remaining();
            src.position(src.limit());
        }
        return n;
    }

    @Override
    public boolean isWriteVectored() {
        return true;
    }

    @Override
    public boolean pollFlush(Context cx) {
        return proceed(cx);
    }

    @Override
    public boolean pollShutdown(Context cx) {
        return proceed(cx);
    }

    /** Every position is the start. */
    @Override
    public void startSeek(SeekFrom position) {}

    @Override
    public long pollComplete(Context cx) {
        return proceed(cx) ? 0 : IoResult.PENDING;
    }

    @Override
    public String toString() {
        return "Empty";
    }
}
