package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The reading end of a pipe in memory; see {@link Io#simplex(int)}.
 *
 * <pre>{@code
 * var pipe = Io.simplex(4096);
 * Edo.spawn(() -> { try (var out = pipe.writer()) { produce(out); } });
 * byte[] all = pipe.reader().readToEnd().await();
 * }</pre>
 *
 * <p>It may be used by another thread than the writing end.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/io/fn.simplex.html">tokio::io::simplex</a>
 */
public final class SimplexReader implements AsyncRead, AutoCloseable {
    private final Pipe pipe;

    SimplexReader(Pipe pipe) {
        this.pipe = pipe;
    }

    @Override
    public int pollRead(Context cx, ByteBuffer dst) throws IOException {
        return pipe.pollRead(cx, dst);
    }

    @Override
    public void cancelRead(Waker waker) {
        pipe.cancelRead(waker);
    }

    /**
     * Gives up reading: what is in the pipe is lost, writes fail with {@link BrokenPipeException},
     * and who waits in a read of this fails with {@link java.nio.channels.ClosedChannelException}.
     * Closing again does nothing.
     */
    @Override
    public void close() {
        pipe.closeReader();
    }

    @Override
    public String toString() {
        return "SimplexReader[" + pipe.size() + " of " + pipe.capacity() + " bytes]";
    }
}
