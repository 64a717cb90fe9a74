package dev.edo.net;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.IoFuture;
import dev.edo.io.AsyncWrite;
import dev.edo.io.Interest;
import dev.edo.io.Ready;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The writing half of a {@link UnixStream}.
 *
 * <pre>{@code
 * try (var out = halves.write()) {
 *     out.writeAll(message).await();
 * }
 * }</pre>
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/net/unix/struct.OwnedWriteHalf.html">OwnedWriteHalf</a>
 */
public interface UnixWriteHalf extends AsyncWrite, AutoCloseable {
    /**
     * Waits until at least a part of the interest is met; as {@link UnixStream#ready(Interest)}.
     *
     * <p><em>Cancel safety:</em> nothing is lost.
     *
     * @param interest what to wait for
     * @return what it is ready for
     */
    @CheckReturnValue
    IoFuture<Ready> ready(Interest interest);

    /**
     * Waits until writing is worth a try.
     *
     * <p><em>Cancel safety:</em> nothing is lost.
     *
     * @return completes when {@link #tryWrite(ByteBuffer)} is worth a try
     */
    @CheckReturnValue
    IoFuture<@Nullable Void> writable();

    /**
     * Writes as much as there is room for, without waiting; as {@link UnixStream#tryWrite(ByteBuffer)}.
     *
     * @param src what to write; its position moves
     * @return how many bytes, 0 or {@link UnixStream#WOULD_BLOCK}
     * @throws IOException where writing failed
     */
    int tryWrite(ByteBuffer src) throws IOException;

    /**
     * Writes as much of several buffers as there is room for, without waiting.
     *
     * @param srcs what to write; their positions move
     * @return as {@link #tryWrite(ByteBuffer)}
     * @throws IOException where writing failed
     */
    int tryWrite(ByteBuffer[] srcs) throws IOException;

    /**
     * Tells the address of this end.
     *
     * @return the address
     * @throws IOException when this is closed
     */
    UnixSocketAddress localAddress() throws IOException;

    /**
     * Tells the address of the other end.
     *
     * @return the address
     * @throws IOException when this is closed
     */
    UnixSocketAddress peerAddress() throws IOException;

    /**
     * Gives up writing without telling the other side; as {@link #close()}, but nothing is shut down. The
     * connection ends when the other half is closed, too.
     */
    void forget();

    /**
     * Ends the writing side: the other side reads to the end of the stream. A task that waits in a
     * write of this half fails. The connection ends when both halves are closed.
     */
    @Override
    void close();
}
