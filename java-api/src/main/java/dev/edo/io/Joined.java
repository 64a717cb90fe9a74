package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A source and a sink as one stream; see {@link Io#join(AsyncRead, AsyncWrite)}.
 *
 * <pre>{@code
 * var console = Io.join(Io.stdin(), Io.stdout());
 * Copied copied = Io.copyBidirectional(console, stream).await();
 * }</pre>
 *
 * @param <R> the source
 * @param <W> the sink
 * @see <a href="https://docs.rs/tokio/latest/tokio/io/struct.Join.html">tokio::io::Join</a>
 */
public final class Joined<R extends AsyncRead, W extends AsyncWrite> implements AsyncRead, AsyncWrite {
    private final R reader;
    private final W writer;

    Joined(R reader, W writer) {
        this.reader = reader;
        this.writer = writer;
    }

    /** {@return the source} */
    public R reader() {
        return reader;
    }

    /** {@return the sink} */
    public W writer() {
        return writer;
    }

    @Override
    public int pollRead(Context cx, ByteBuffer dst) throws IOException {
        return reader.pollRead(cx, dst);
    }

    @Override
    public int pollRead(Context cx, ByteBuffer[] dsts) throws IOException {
        return reader.pollRead(cx, dsts);
    }

    @Override
    public void cancelRead(Waker waker) {
        reader.cancelRead(waker);
    }

    @Override
    public int pollWrite(Context cx, ByteBuffer src) throws IOException {
        return writer.pollWrite(cx, src);
    }

    @Override
    public int pollWrite(Context cx, ByteBuffer[] srcs) throws IOException {
        return writer.pollWrite(cx, srcs);
    }

    @Override
    public boolean isWriteVectored() {
        return writer.isWriteVectored();
    }

    @Override
    public boolean pollFlush(Context cx) throws IOException {
        return writer.pollFlush(cx);
    }

    @Override
    public boolean pollShutdown(Context cx) throws IOException {
        return writer.pollShutdown(cx);
    }

    @Override
    public void cancelWrite(Waker waker) {
        writer.cancelWrite(waker);
    }

    @Override
    public String toString() {
        return "Joined[" + reader + ", " + writer + "]";
    }
}
