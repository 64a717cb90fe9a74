package dev.edo.net;

import dev.edo.spi.EdoProvider;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * A UDP socket that is not bound yet, for setting options before it is: what lets several sockets share a port, and how
 * much the system keeps for it from the first datagram on.
 *
 * <pre>{@code
 * var unbound = UnboundUdpSocket.newV4();
 * unbound.setReusePort(true);
 * unbound.setRecvBufferSize(4 * 1024 * 1024);
 * UdpSocket socket = unbound.bind(new InetSocketAddress("0.0.0.0", 7000));
 * }</pre>
 *
 * <p>{@link #bind} uses it up: after that all but {@link #close()} throw {@link IllegalStateException}. Close it where
 * that was not called, or has failed.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/net/struct.UdpSocket.html#method.from_std">from_std of
 *     tokio::net::UdpSocket, which takes what the crate socket2 has prepared</a>
 */
public interface UnboundUdpSocket extends UdpOptions, AutoCloseable {
    /**
     * Makes a socket for IPv4.
     *
     * @return the socket
     * @throws IOException when the system refuses
     */
    static UnboundUdpSocket newV4() throws IOException {
        return EdoProvider.get().net().newUdpSocket(false);
    }

    /**
     * Makes a socket for IPv6, which takes datagrams of IPv4 as well where it is bound to the wildcard address.
     *
     * @return the socket
     * @throws IOException when the system refuses
     */
    static UnboundUdpSocket newV6() throws IOException {
        return EdoProvider.get().net().newUdpSocket(true);
    }

    /**
     * Tells whether an address may be bound that another socket with this option is bound to ({@code SO_REUSEADDR}).
     *
     * @return whether it may
     * @throws IOException when this is closed
     */
    boolean reuseAddress() throws IOException;

    /**
     * Sets whether an address may be bound that another socket with this option is bound to ({@code SO_REUSEADDR}):
     * each of them gets the datagrams of a multicast group; others one of them gets, which the system chooses.
     *
     * @param on whether it may
     * @throws IOException when this is closed
     */
    void setReuseAddress(boolean on) throws IOException;

    /**
     * Tells whether several sockets of one user may be bound to the same port ({@code SO_REUSEPORT}).
     *
     * @return whether they may
     * @throws IOException when this is closed
     */
    boolean reusePort() throws IOException;

    /**
     * Sets whether several sockets of one user may be bound to the same port ({@code SO_REUSEPORT}); all of them need
     * it. Linux spreads the senders over them.
     *
     * @param on whether they may
     * @throws IOException when this is closed
     */
    void setReusePort(boolean on) throws IOException;

    /**
     * Binds to an address of this machine; this socket is spent then. Where it fails this can be used on, and bound
     * elsewhere.
     *
     * @param address where, resolved; port 0 is a free one
     * @return the socket, of the runtime of the caller
     * @throws IllegalArgumentException when the address is not resolved
     * @throws IllegalStateException when this was used up before; outside a runtime, or when its I/O is not enabled
     * @throws java.net.BindException when the address is taken, not of this machine or not allowed
     * @throws IOException when the system refuses, or this is closed
     */
    UdpSocket bind(InetSocketAddress address) throws IOException;

    /**
     * The number of the socket's descriptor, for options that a native library sets.
     *
     * @return the number; it stays this socket's, and means nothing any more once that is closed or used up
     * @throws IOException when this is closed
     */
    int fd() throws IOException;

    /** Gives the socket back; does nothing after {@link #bind}. */
    @Override
    void close();
}
