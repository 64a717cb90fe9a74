package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One end of a connection in memory; see {@link Io#duplex(int)}.
 *
 * <pre>{@code
 * try (var client = connection.first()) {
 *     client.writeAll(UTF_8.encode("ping")).await();
 *     client.readExact(buffer).await();
 * }
 * }</pre>
 *
 * <p>One task may read while another one writes; {@link #reader()} and {@link #writer()} are the
 * halves.
 *
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/io/struct.DuplexStream.html">tokio::io::DuplexStream</a>
 */
public final class DuplexStream implements AsyncRead, AsyncWrite, AutoCloseable {
    private final SimplexReader in;
    private final SimplexWriter out;

    DuplexStream(SimplexReader in, SimplexWriter out) {
        this.in = in;
        this.out = out;
    }

    /** {@return the half that reads} */
    public SimplexReader reader() {
        return in;
    }

    /** {@return the half that writes} */
    public SimplexWriter writer() {
        return out;
    }

    @Override
    public int pollRead(Context cx, ByteBuffer dst) throws IOException {
        return in.pollRead(cx, dst);
    }

    @Override
    public void cancelRead(Waker waker) {
        in.cancelRead(waker);
    }

    @Override
    public int pollWrite(Context cx, ByteBuffer src) throws IOException {
        return out.pollWrite(cx, src);
    }

    @Override
    public int pollWrite(Context cx, ByteBuffer[] srcs) throws IOException {
        return out.pollWrite(cx, srcs);
    }

    @Override
    public boolean isWriteVectored() {
        return true;
    }

    @Override
    public boolean pollFlush(Context cx) throws IOException {
        return out.pollFlush(cx);
    }

    @Override
    public boolean pollShutdown(Context cx) throws IOException {
        return out.pollShutdown(cx);
    }

    @Override
    public void cancelWrite(Waker waker) {
        out.cancelWrite(waker);
    }

    /**
     * Closes both halves: the other end reads what is there and then comes to an end, and its
     * writes fail with {@link BrokenPipeException}. Closing again does nothing.
     */
    @Override
    public void close() {
        try {
            out.close();
        } finally {
            in.close();
        }
    }

    @Override
    public String toString() {
        return "DuplexStream[" + in + ", " + out + "]";
    }
}
