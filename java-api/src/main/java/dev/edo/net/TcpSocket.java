package dev.edo.net;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.IoFuture;
import dev.edo.spi.EdoProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A TCP socket that is neither connected nor listening yet, for setting options before it is.
 *
 * <pre>{@code
 * var socket = TcpSocket.newV4();
 * socket.setReuseAddress(true);
 * socket.bind(new InetSocketAddress("127.0.0.1", 7000));
 * TcpListener listener = socket.listen(1024);
 * }</pre>
 *
 * <p>{@link #connect} and {@link #listen} use it up: after that all but {@link #close()} throw {@link
 * IllegalStateException}. Close it where neither was called. A connect takes the descriptor when its future is polled
 * first; until then this has it, and closing this closes it.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/net/struct.TcpSocket.html">tokio::net::TcpSocket</a>
 */
public interface TcpSocket extends TcpOptions, AutoCloseable {
    /**
     * Makes a socket for IPv4.
     *
     * @return the socket
     * @throws IOException when the system refuses
     */
    static TcpSocket newV4() throws IOException {
        return EdoProvider.get().net().newTcpSocket(false);
    }

    /**
     * Makes a socket for IPv6, which takes IPv4 connections as well where it is bound to the wildcard
     * address.
     *
     * @return the socket
     * @throws IOException when the system refuses
     */
    static TcpSocket newV6() throws IOException {
        return EdoProvider.get().net().newTcpSocket(true);
    }

    /**
     * Tells whether an address may be bound that was in use a moment ago ({@code SO_REUSEADDR}).
     *
     * @return whether it may
     * @throws IOException when this is closed
     */
    boolean reuseAddress() throws IOException;

    /**
     * Sets whether an address may be bound that was in use a moment ago ({@code SO_REUSEADDR}).
     *
     * @param on whether it may
     * @throws IOException when this is closed
     */
    void setReuseAddress(boolean on) throws IOException;

    /**
     * Tells whether several sockets may be bound to the same port ({@code SO_REUSEPORT}).
     *
     * @return whether they may
     * @throws IOException when this is closed
     */
    boolean reusePort() throws IOException;

    /**
     * Sets whether several sockets may be bound to the same port ({@code SO_REUSEPORT}).
     *
     * @param on whether they may
     * @throws IOException when this is closed
     */
    void setReusePort(boolean on) throws IOException;

    /**
     * Tells the type of service of IPv4 packets ({@code IP_TOS}).
     *
     * @return 0 to 255
     * @throws IOException when this is closed
     */
    int tos() throws IOException;

    /**
     * Sets the type of service of IPv4 packets ({@code IP_TOS}).
     *
     * @param tos 0 to 255
     * @throws IOException when the system refuses, or this is closed
     */
    void setTos(int tos) throws IOException;

    /**
     * Tells the traffic class of IPv6 packets ({@code IPV6_TCLASS}).
     *
     * @return 0 to 255
     * @throws IOException on an IPv4 socket, or when this is closed
     */
    int tclass() throws IOException;

    /**
     * Sets the traffic class of IPv6 packets ({@code IPV6_TCLASS}).
     *
     * @param tclass 0 to 255
     * @throws IOException on an IPv4 socket, or when this is closed
     */
    void setTclass(int tclass) throws IOException;

    /**
     * Tells the network interface that this is bound to ({@code SO_BINDTODEVICE}); Linux only.
     *
     * @return its name, or null
     * @throws UnsupportedOperationException on other systems
     * @throws IOException when this is closed
     */
    @Nullable String device() throws IOException;

    /**
     * Binds to a network interface ({@code SO_BINDTODEVICE}); Linux only.
     *
     * @param name at most 15 bytes, as in {@code "eth0"}; null: none
     * @throws UnsupportedOperationException on other systems
     * @throws IOException when there is no such interface, the process may not do that, or this is closed
     */
    void bindDevice(@Nullable String name) throws IOException;

    /**
     * Binds to an address of this machine.
     *
     * @param address where, resolved; port 0 is a free one
     * @throws IllegalArgumentException when it is not resolved
     * @throws java.net.BindException when the address is taken, not of this machine or not allowed
     * @throws IOException when this is closed
     */
    void bind(InetSocketAddress address) throws IOException;

    /**
     * Connects; this socket is spent then. Await the future, or cancel it, before this is closed.
     *
     * <p><em>Cancel safety:</em> a cancelled connect leaves no connection.
     *
     * @param address where to, resolved
     * @return the connection; fails with {@link java.net.ConnectException} where nobody listens, with {@link
     *     java.nio.channels.ClosedChannelException} where this was closed before it was polled, and with
     *     {@link IllegalStateException} outside a runtime, or when its I/O is not enabled
     * @throws IllegalArgumentException when the address is not resolved
     * @throws IllegalStateException when this was used up or closed before
     */
    @CheckReturnValue
    IoFuture<TcpStream> connect(InetSocketAddress address);

    /**
     * Listens; this socket is spent then.
     *
     * @param backlog how many connections may wait to be accepted, at least 1; the system has a limit
     *     of its own
     * @return the listener
     * @throws IllegalArgumentException when the backlog is less than 1
     * @throws IllegalStateException when this was used up before; outside a runtime, or when its I/O is not enabled,
     *     which closes this
     * @throws IOException when the system refuses, or this is closed
     */
    TcpListener listen(int backlog) throws IOException;

    /**
     * The number of the socket's descriptor, for options that a native library sets.
     *
     * @return the number; it stays this socket's, and means nothing any more once that is closed or used up
     * @throws IOException when this is closed
     */
    int fd() throws IOException;

    /**
     * Gives the socket back; does nothing after {@link #listen}, nor once the future of {@link #connect} has been
     * polled.
     */
    @Override
    void close();
}
