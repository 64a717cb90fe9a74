package dev.edo.net;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.io.AsyncRead;
import dev.edo.io.AsyncWrite;
import dev.edo.io.Interest;
import dev.edo.io.IoOperation;
import dev.edo.io.IoResult;
import dev.edo.io.Ready;
import dev.edo.spi.EdoProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A connection over a Unix domain socket, between processes of one machine.
 *
 * <pre>{@code
 * try (var stream = UnixStream.connect(Path.of("/run/my-service.sock")).await()) {
 *     stream.writeAll(request).await();
 *     stream.shutdownOutput().await();
 *     while (stream.read(answer).await() >= 0) { }
 * }
 * }</pre>
 *
 * <p>One task may read while another one writes. The {@code try} calls and the futures of {@link #readable()},
 * {@link #writable()} and {@link #ready(Interest)} may be used by any number of tasks. Close a stream when it is done
 * with: nothing else ends the connection in time.
 *
 * <p>Direct buffers are read and written in place; heap buffers are copied, at most 64 KiB at once. The memory of a
 * buffer must stay alive as long as a future uses it.
 *
 * <p><em>Errors:</em> a reset connection fails with {@link java.net.SocketException}, a closed stream with
 * {@link java.nio.channels.ClosedChannelException}; the message names the operation and the socket.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/net/struct.UnixStream.html">tokio::net::UnixStream</a>
 */
public interface UnixStream extends AsyncRead, AsyncWrite, AutoCloseable {
    /** What the {@code try} calls return where they would have to wait. */
    int WOULD_BLOCK = IoResult.WOULD_BLOCK;

    /**
     * Connects to the socket at a path.
     *
     * <p><em>Cancel safety:</em> a cancelled connect leaves no connection.
     *
     * <p><em>Errors:</em> where so many connections wait to be accepted that the listener's backlog is full, Linux
     * refuses at once and tells nobody when there is room: the error says so; try again after a while.
     *
     * @param path where somebody listens
     * @return the connection; fails with {@link java.net.ConnectException} where there is no such file, or nobody
     *     listens there any more
     */
    @CheckReturnValue
    static IoFuture<UnixStream> connect(Path path) {
        return connect(UnixSocketAddress.of(path));
    }

    /**
     * Connects, as {@link #connect(Path)}.
     *
     * <p><em>Cancel safety:</em> a cancelled connect leaves no connection.
     *
     * @param address where to; not unnamed
     * @return the connection; fails with {@link java.net.ConnectException} where nobody listens
     * @throws UnsupportedOperationException when it is an abstract name, and this is not Linux
     */
    @CheckReturnValue
    static IoFuture<UnixStream> connect(UnixSocketAddress address) {
        return EdoProvider.get().net().connectUnix(address);
    }

    /**
     * Makes two streams that are connected with each other; they have no names.
     *
     * @return both ends, of the runtime of the caller
     * @throws IOException when the system refuses
     * @throws IllegalStateException outside a runtime, or when its I/O is not enabled
     */
    static UnixPair pair() throws IOException {
        return EdoProvider.get().net().pairUnix();
    }

    /**
     * Waits until at least a part of the interest is met. It may turn out that there was nothing after all.
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
     * Waits until writing is worth a try.
     *
     * <p><em>Cancel safety:</em> nothing is lost.
     *
     * @return completes when {@link #tryWrite(ByteBuffer)} is worth a try
     */
    @CheckReturnValue
    IoFuture<@Nullable Void> writable();

    /**
     * Looks whether reading is worth a try, for hand-written futures. It may turn out that there was nothing after all.
     *
     * <p>It shares its waker with {@link #pollRead(Context, ByteBuffer)}: of several tasks that call these only the
     * last is woken. Who gives up tells {@link #cancelRead}.
     *
     * @param cx whom to wake when it is
     * @return whether it is, or the stream has ended; false where pending
     * @throws IOException when this is closed, or its runtime was shut down
     * @see <a href="https://docs.rs/tokio/latest/tokio/net/struct.UnixStream.html#method.poll_read_ready">
     *     UnixStream::poll_read_ready</a>
     */
    boolean pollReadReady(Context cx) throws IOException;

    /**
     * Looks whether writing is worth a try, for hand-written futures. It may turn out that there was no room after all.
     *
     * <p>It shares its waker with {@link #pollWrite(Context, ByteBuffer)}: of several tasks that call these only the
     * last is woken. Who gives up tells {@link #cancelWrite}.
     *
     * @param cx whom to wake when it is
     * @return whether it is, or writing is over; false where pending
     * @throws IOException when this is closed, or its runtime was shut down
     * @see <a href="https://docs.rs/tokio/latest/tokio/net/struct.UnixStream.html#method.poll_write_ready">
     *     UnixStream::poll_write_ready</a>
     */
    boolean pollWriteReady(Context cx) throws IOException;

    /**
     * Reads what is there, without waiting.
     *
     * @param dst where to, direct or heap; its position moves
     * @return how many bytes, at least 1; 0 where {@code dst} is full, -1 at the end of the stream, or
     *     {@link #WOULD_BLOCK}
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
     * Writes as much as there is room for, without waiting.
     *
     * @param src what to write, direct or heap; its position moves
     * @return how many bytes, at least 1; 0 where {@code src} is empty; {@link #WOULD_BLOCK}
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
     * The number of the socket's descriptor, for calls of a native library in {@link #tryIo} and
     * {@link #asyncIo}.
     *
     * @return the number; it stays this stream's, and means nothing any more once that is closed
     * @throws IOException when this is closed
     */
    int fd() throws IOException;

    /**
     * Tries an operation on the socket if it is ready for it, without waiting. Where the operation
     * finds nothing to do, the readiness is cleared.
     *
     * @param interest what the operation needs
     * @param operation tried at most once, and on this thread; the socket is not closed meanwhile
     * @param <T> the type of its result
     * @return its result; null where it would have to wait
     * @throws IOException what it failed with; also when this is closed
     */
    <T> @Nullable T tryIo(Interest interest, IoOperation<T> operation) throws IOException;

    /**
     * Waits until an operation on the socket does something, and tries it whenever it is worth it.
     *
     * <p><em>Cancel safety:</em> a cancelled wait has done nothing.
     *
     * @param interest what the operation needs
     * @param operation tried again and again, in polls of the future; must not block
     * @param <T> the type of its result
     * @return its result; fails with what it failed with
     */
    @CheckReturnValue
    <T> IoFuture<T> asyncIo(Interest interest, IoOperation<T> operation);

    /**
     * {@inheritDoc}
     *
     * <p>The other side reads to the end of the stream; reading here goes on.
     */
    @Override
    @CheckReturnValue
    default IoFuture<@Nullable Void> shutdownOutput() {
        return AsyncWrite.super.shutdownOutput();
    }

    /**
     * Cuts this stream into halves that can be given to two tasks. From now on this object is spent: only
     * {@link #close()} may be called on it, and does nothing.
     *
     * @return the halves
     * @throws IllegalStateException when this was split before
     */
    UnixHalves split();

    /**
     * Tells the address of this end.
     *
     * @return the address, mostly unnamed for who connected
     * @throws IOException when this is closed
     */
    UnixSocketAddress localAddress() throws IOException;

    /**
     * Tells the address of the other end.
     *
     * @return the address, mostly unnamed for who connected
     * @throws IOException when this is closed
     */
    UnixSocketAddress peerAddress() throws IOException;

    /**
     * Tells who made the other end: the process that connected or, seen from there, the one that listens.
     *
     * @return who it is
     * @throws IOException when this is closed
     */
    UCred peerCred() throws IOException;

    /**
     * Takes the error that the system holds for this socket.
     *
     * @return the error, or null
     * @throws IOException when this is closed
     */
    @Nullable IOException takeError() throws IOException;

    /**
     * Closes the connection. Whoever waits in a read or write of it fails with
     * {@link java.nio.channels.ClosedChannelException}. A path stays in the file system. Closing again does nothing.
     */
    @Override
    void close();
}
