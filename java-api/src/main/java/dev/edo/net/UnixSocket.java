package dev.edo.net;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.IoFuture;
import dev.edo.spi.EdoProvider;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A Unix domain socket that is neither connected nor listening nor used for datagrams yet, for a client with a name,
 * or a backlog of one's own.
 *
 * <pre>{@code
 * var socket = UnixSocket.newStream();
 * socket.bind(Path.of("/run/my-client.sock"));
 * UnixStream stream = socket.connect(Path.of("/run/my-service.sock")).await();
 * }</pre>
 *
 * <p>{@link #connect}, {@link #listen} and {@link #datagram} use it up. Close it where none was called. A connect takes
 * the descriptor when its future is polled first; until then this has it, and closing this closes it.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/net/struct.UnixSocket.html">tokio::net::UnixSocket</a>
 */
public interface UnixSocket extends AutoCloseable {
    /**
     * Makes a socket for streams.
     *
     * @return the socket
     * @throws IOException when the system refuses
     */
    static UnixSocket newStream() throws IOException {
        return EdoProvider.get().net().newUnixSocket(false);
    }

    /**
     * Makes a socket for datagrams.
     *
     * @return the socket
     * @throws IOException when the system refuses
     */
    static UnixSocket newDatagram() throws IOException {
        return EdoProvider.get().net().newUnixSocket(true);
    }

    /**
     * Binds to a path, which makes a file that is not deleted when the socket is closed.
     *
     * @param path where; must not exist yet
     * @throws java.net.BindException when there is a file of that name, or it may not be made
     * @throws IOException when the directory does not exist, the path is too long, the system refuses, or this is
     *     closed
     */
    default void bind(Path path) throws IOException {
        bind(UnixSocketAddress.of(path));
    }

    /**
     * Binds to an address, as {@link #bind(Path)}.
     *
     * @param address where; unnamed: the system chooses an abstract name, on Linux only
     * @throws java.net.BindException when the address is taken, or not allowed
     * @throws IOException as {@link #bind(Path)}
     * @throws UnsupportedOperationException when it is an abstract name, and this is not Linux
     */
    void bind(UnixSocketAddress address) throws IOException;

    /**
     * Connects; this socket is spent then. As {@link UnixStream#connect(Path)}.
     *
     * <p><em>Cancel safety:</em> a cancelled connect leaves no connection.
     *
     * @param path where to
     * @return the connection; fails with {@link java.net.ConnectException} where nobody listens, and with {@link
     *     java.nio.channels.ClosedChannelException} where this was closed before it was polled
     */
    @CheckReturnValue
    default IoFuture<UnixStream> connect(Path path) {
        return connect(UnixSocketAddress.of(path));
    }

    /**
     * Connects; this socket is spent then. As {@link UnixStream#connect(UnixSocketAddress)}.
     *
     * <p><em>Cancel safety:</em> a cancelled connect leaves no connection.
     *
     * @param address where to; not unnamed
     * @return the connection; fails as that of {@link #connect(Path)}
     * @throws IllegalStateException when this is for datagrams
     * @throws UnsupportedOperationException when it is an abstract name, and this is not Linux
     */
    @CheckReturnValue
    IoFuture<UnixStream> connect(UnixSocketAddress address);

    /**
     * Listens; this socket is spent then.
     *
     * @param backlog how many connections may wait to be accepted, at least 1; the system has a limit of its own
     * @return the listener, of the runtime of the caller
     * @throws IllegalStateException outside a runtime, or when its I/O is not enabled, or this is for datagrams
     * @throws IOException when this was not bound, the system refuses, or this is closed
     */
    UnixListener listen(int backlog) throws IOException;

    /**
     * Sends and receives datagrams; this socket is spent then.
     *
     * @return the socket, of the runtime of the caller
     * @throws IllegalStateException outside a runtime, or when its I/O is not enabled, or this is for streams
     * @throws IOException when the system refuses, or this is closed
     */
    UnixDatagram datagram() throws IOException;

    /**
     * The number of the socket's descriptor, for options that a native library sets.
     *
     * @return the number; it stays this socket's, and means nothing any more once that is closed or used up
     * @throws IOException when this is closed
     */
    int fd() throws IOException;

    /**
     * Tells what this is bound to.
     *
     * @return the address, unnamed before {@link #bind}
     * @throws IOException when this is closed
     */
    UnixSocketAddress localAddress() throws IOException;

    /** Gives the socket back; does nothing after it was used up, by a connect whose future has been polled say. */
    @Override
    void close();
}
