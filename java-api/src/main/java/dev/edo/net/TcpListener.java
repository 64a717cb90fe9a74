package dev.edo.net;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.spi.EdoProvider;
import dev.edo.stream.Stream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;

/**
 * A TCP socket that accepts connections.
 *
 * <pre>{@code
 * try (var listener = TcpListener.bind("127.0.0.1:7000").await()) {
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
 * <p>It may be used by several tasks at once; each connection goes to one of them.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/net/struct.TcpListener.html">tokio::net::TcpListener</a>
 */
public interface TcpListener extends AutoCloseable {
    /**
     * Binds to an address and listens, with {@code SO_REUSEADDR} set and the longest backlog the system
     * allows. A name may stand for several addresses: the first one that can be bound is taken.
     *
     * <p><em>Cancel safety:</em> a cancelled bind has bound nothing.
     *
     * @param hostPort as in {@code "127.0.0.1:7000"}, {@code "[::1]:7000"} or {@code "localhost:7000"};
     *     port 0 is a free one
     * @return the listener; fails with {@link java.net.BindException} where the address is taken, with
     *     {@link java.net.UnknownHostException} where there is no such host, and with {@link
     *     IllegalStateException} outside a runtime, or when its I/O is not enabled
     * @throws IllegalArgumentException where {@code hostPort} is not of this form
     */
    @CheckReturnValue
    static IoFuture<TcpListener> bind(String hostPort) {
        return EdoProvider.get().net().bindTcp(hostPort);
    }

    /**
     * Binds to an address and listens, as {@link #bind(String)}.
     *
     * @param address where; port 0 is a free one
     * @return the listener
     */
    @CheckReturnValue
    static IoFuture<TcpListener> bind(InetSocketAddress address) {
        return bind(List.of(Objects.requireNonNull(address, "address")));
    }

    /**
     * Binds to the first of these addresses that can be bound, and listens, as {@link #bind(String)}.
     *
     * @param addresses tried in this order
     * @return the listener; fails with the last address's error, in which the others are suppressed
     * @throws IllegalArgumentException when there are none
     */
    @CheckReturnValue
    static IoFuture<TcpListener> bind(List<InetSocketAddress> addresses) {
        return EdoProvider.get().net().bindTcp(addresses);
    }

    /**
     * Waits for a connection. {@link TcpStream#peerAddress()} tells where it comes from. It belongs to the
     * runtime in which this is waited for; outside of any, to that of the listener.
     *
     * <p><em>Cancel safety:</em> a cancelled accept has accepted nothing.
     *
     * <p><em>Errors:</em> connections that died in the queue are skipped. Where file descriptors have
     * run out the error says so; the listener stays usable and the connection stays in the queue, so
     * wait a moment before the next try.
     *
     * @return the connection
     */
    @CheckReturnValue
    IoFuture<TcpStream> accept();

    /**
     * Takes a connection if there is one. Of the tasks that poll, the last one is woken; use
     * {@link #accept()} where several wait.
     *
     * @param cx whom to wake when there is a connection
     * @return the connection, or pending
     * @throws IOException as {@link #accept()} fails
     */
    Poll<TcpStream> pollAccept(Context cx) throws IOException;

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
     * @see <a href="https://docs.rs/tokio-stream/latest/tokio_stream/wrappers/struct.TcpListenerStream.html">TcpListenerStream</a>
     */
    @CheckReturnValue
    default Stream<TcpStream> incoming() {
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
     * @return the address, with the real port
     * @throws IOException when this is closed
     */
    InetSocketAddress localAddress() throws IOException;

    /**
     * Tells how many hops the packets of accepted connections may take.
     *
     * @return 1 to 255
     * @throws IOException when this is closed
     */
    int ttl() throws IOException;

    /**
     * Sets how many hops the packets of accepted connections may take.
     *
     * @param hops 1 to 255
     * @throws IllegalArgumentException when out of range
     * @throws IOException when the system refuses, or this is closed
     */
    void setTtl(int hops) throws IOException;

    /** Stops listening: pending accepts fail, queued connections are reset. Closing again does nothing. */
    @Override
    void close();
}
