package dev.edo.net;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.spi.EdoProvider;
import dev.edo.stream.Stream;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A Unix domain socket that accepts connections.
 *
 * <pre>{@code
 * var path = Path.of("/run/my-service.sock");
 * Files.deleteIfExists(path); // a former run may have left it
 * try (var listener = UnixListener.bind(path)) {
 *     for (;;) {
 *         var stream = listener.accept().await();
 *         Edo.spawn(() -> {
 *             try (stream) {
 *                 serve(stream);
 *             }
 *         });
 *     }
 * }
 * }</pre>
 *
 * <p>It may be used by several tasks at once; each connection goes to one of them. Binding to a path makes a file,
 * which is never deleted here: neither one that is in the way, nor this listener's own when it is closed.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/net/struct.UnixListener.html">tokio::net::UnixListener</a>
 */
public interface UnixListener extends AutoCloseable {
    /**
     * Binds to a path and listens, with the longest backlog the system allows. The file that this makes has the
     * permissions that the process's umask leaves.
     *
     * @param path where; must not exist yet
     * @return the listener, of the runtime of the caller
     * @throws java.net.BindException when there is a file of that name, or it may not be made
     * @throws IOException when the directory does not exist, the path is too long, or the system refuses
     * @throws IllegalStateException outside a runtime, or when its I/O is not enabled
     */
    static UnixListener bind(Path path) throws IOException {
        return bind(UnixSocketAddress.of(path));
    }

    /**
     * Binds to an address and listens, as {@link #bind(Path)}.
     *
     * @param address where; unnamed: the system chooses an abstract name, on Linux only
     * @return the listener, of the runtime of the caller
     * @throws java.net.BindException when the address is taken, or not allowed
     * @throws IOException as {@link #bind(Path)}
     * @throws IllegalStateException outside a runtime, or when its I/O is not enabled
     * @throws UnsupportedOperationException when it is an abstract name, and this is not Linux
     */
    static UnixListener bind(UnixSocketAddress address) throws IOException {
        return EdoProvider.get().net().bindUnix(address);
    }

    /**
     * Waits for a connection. {@link UnixStream#peerAddress()} tells where it comes from, which mostly has no name;
     * {@link UnixStream#peerCred()} tells from whom.
     *
     * <p><em>Cancel safety:</em> a cancelled accept has accepted nothing.
     *
     * <p><em>Errors:</em> where file descriptors have run out the error says so; the listener stays usable and the
     * connection stays in the queue, so wait a moment before the next try.
     *
     * @return the connection
     */
    @CheckReturnValue
    IoFuture<UnixStream> accept();

    /**
     * Takes a connection if there is one. Of the tasks that poll, the last one is woken; use {@link #accept()} where
     * several wait.
     *
     * @param cx whom to wake when there is a connection
     * @return the connection, or pending
     * @throws IOException as {@link #accept()} fails
     */
    Poll<UnixStream> pollAccept(Context cx) throws IOException;

    /**
     * The connections as a stream, which never ends.
     *
     * <pre>{@code
     * for (var connection : listener.incoming().blockingIterable()) {
     *     Edo.spawn(() -> serve(connection));
     * }
     * }</pre>
     *
     * <p><em>Errors:</em> as {@link #accept()} fails; the stream goes on.
     *
     * @return the connections; cancelling the stream does not close this
     * @see <a href="https://docs.rs/tokio-stream/latest/tokio_stream/wrappers/struct.UnixListenerStream.html">UnixListenerStream</a>
     */
    @CheckReturnValue
    default Stream<UnixStream> incoming() {
        return Stream.from(this);
    }

    /**
     * The number of the socket's descriptor, for options that a native library sets.
     *
     * @return the number; it stays this listener's, and means nothing any more once that is closed
     * @throws IOException when this is closed
     */
    int fd() throws IOException;

    /**
     * Tells where this listens.
     *
     * @return the address
     * @throws IOException when this is closed
     */
    UnixSocketAddress localAddress() throws IOException;

    /**
     * Takes the error that the system holds for this socket.
     *
     * @return the error, or null
     * @throws IOException when this is closed
     */
    @Nullable IOException takeError() throws IOException;

    /**
     * Stops listening: pending accepts fail, queued connections are reset. A path stays in the file system. Closing
     * again does nothing.
     */
    @Override
    void close();
}
