package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The writing end of a pipe in memory; see {@link Io#simplex(int)}.
 *
 * <pre>{@code
 * try (var out = pipe.writer()) {
 *     out.writeAll(UTF_8.encode("hello")).await();
 * }
 * }</pre>
 *
 * <p>It may be used by another thread than the reading end.
 *
 * <p><em>Errors:</em> fails with {@link BrokenPipeException} when the reading end was closed.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/io/fn.simplex.html">tokio::io::simplex</a>
 */
public final class SimplexWriter implements AsyncWrite, AutoCloseable {
    private final Pipe pipe;

    SimplexWriter(Pipe pipe) {
        this.pipe = pipe;
    }

    @Override
    public int pollWrite(Context cx, ByteBuffer src) throws IOException {
        return pipe.pollWrite(cx, src);
    }

    @Override
    public int pollWrite(Context cx, ByteBuffer[] srcs) throws IOException {
        return pipe.pollWrite(cx, srcs);
    }

    @Override
    public boolean isWriteVectored() {
        return true;
    }

    /** What was written can be read at once. */
    @Override
    public boolean pollFlush(Context cx) throws IOException {
        pipe.checkWriterOpen();
        return true;
    }

    @Override
    public boolean pollShutdown(Context cx) throws IOException {
        pipe.checkWriterOpen();
        pipe.finishWriting();
        return true;
    }

    @Override
    public void cancelWrite(Waker waker) {
        pipe.cancelWrite(waker);
    }

    /**
     * Ends the stream for the reader, when it has read what is in the pipe; who waits in a write of
     * this fails with {@link java.nio.channels.ClosedChannelException}. Closing again does nothing.
     */
    @Override
    public void close() {
        pipe.closeWriter();
    }

    @Override
    public String toString() {
        return "SimplexWriter[" + pipe.size() + " of " + pipe.capacity() + " bytes]";
    }
}
