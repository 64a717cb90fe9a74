package dev.edo.net;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.IoFuture;
import dev.edo.io.AsyncRead;
import dev.edo.io.Interest;
import dev.edo.io.Ready;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The reading half of a {@link UnixStream}.
 *
 * <pre>{@code
 * try (var in = halves.read()) {
 *     while (in.read(buffer).await() >= 0) {
 *         consume(buffer.flip());
 *         buffer.clear();
 *     }
 * }
 * }</pre>
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/net/unix/struct.OwnedReadHalf.html">OwnedReadHalf</a>
 */
public interface UnixReadHalf extends AsyncRead, AutoCloseable {
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
     * Waits until reading is worth a try.
     *
     * <p><em>Cancel safety:</em> nothing is lost.
     *
     * @return completes when {@link #tryRead(ByteBuffer)} is worth a try
     */
    @CheckReturnValue
    IoFuture<@Nullable Void> readable();

    /**
     * Reads what is there, without waiting; as {@link UnixStream#tryRead(ByteBuffer)}.
     *
     * @param dst where to; its position moves
     * @return how many bytes, 0, -1 or {@link UnixStream#WOULD_BLOCK}
     * @throws IOException where reading failed
     */
    int tryRead(ByteBuffer dst) throws IOException;

    /**
     * Reads what is there into several buffers, without waiting.
     *
     * @param dsts where to; their positions move
     * @return as {@link #tryRead(ByteBuffer)}
     * @throws IOException where reading failed
     */
    int tryRead(ByteBuffer[] dsts) throws IOException;

    /**
     * Puts the halves together again; both are spent then.
     *
     * @param write the other half
     * @return the stream
     * @throws IllegalArgumentException when they are not of the same stream
     * @throws IllegalStateException when one of them is closed or was put together before
     */
    UnixStream reunite(UnixWriteHalf write);

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
     * Gives up reading; a task that waits in a read of this half fails. The other side does not notice. The
     * connection ends when both halves are closed.
     */
    @Override
    void close();
}
