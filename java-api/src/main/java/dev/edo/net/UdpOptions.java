package dev.edo.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The options of a UDP socket, those for broadcast and multicast among them.
 *
 * <pre>{@code
 * var socket = UdpSocket.bind("0.0.0.0:5353").await();
 * socket.joinMulticastV4(InetAddress.ofLiteral("224.0.0.251"), InetAddress.ofLiteral("0.0.0.0"));
 * socket.setMulticastTtlV4(255);
 * }</pre>
 */
public interface UdpOptions {
    /**
     * Tells whether datagrams may be sent to a broadcast address ({@code SO_BROADCAST}).
     *
     * @return whether they may; at first they may not
     * @throws IOException when this is closed
     */
    boolean broadcast() throws IOException;

    /**
     * Sets whether datagrams may be sent to a broadcast address ({@code SO_BROADCAST}).
     *
     * @param on whether they may
     * @throws IOException when this is closed
     */
    void setBroadcast(boolean on) throws IOException;

    /**
     * Tells whether IPv4 multicast datagrams from here reach this machine's members, too
     * ({@code IP_MULTICAST_LOOP}).
     *
     * @return whether they do
     * @throws IOException when this is closed
     */
    boolean multicastLoopV4() throws IOException;

    /**
     * Sets whether IPv4 multicast datagrams from here reach this machine's members, too
     * ({@code IP_MULTICAST_LOOP}).
     *
     * @param on whether they shall
     * @throws IOException when this is closed
     */
    void setMulticastLoopV4(boolean on) throws IOException;

    /**
     * Tells how many hops IPv4 multicast datagrams may take ({@code IP_MULTICAST_TTL}).
     *
     * @return 0 to 255; at first 1, which does not leave the local network
     * @throws IOException when this is closed
     */
    int multicastTtlV4() throws IOException;

    /**
     * Sets how many hops IPv4 multicast datagrams may take ({@code IP_MULTICAST_TTL}).
     *
     * @param hops 0 to 255
     * @throws IOException when the system refuses, or this is closed
     */
    void setMulticastTtlV4(int hops) throws IOException;

    /**
     * Tells whether IPv6 multicast datagrams from here reach this machine's members, too
     * ({@code IPV6_MULTICAST_LOOP}).
     *
     * @return whether they do
     * @throws IOException on an IPv4 socket, or when this is closed
     */
    boolean multicastLoopV6() throws IOException;

    /**
     * Sets whether IPv6 multicast datagrams from here reach this machine's members, too
     * ({@code IPV6_MULTICAST_LOOP}).
     *
     * @param on whether they shall
     * @throws IOException on an IPv4 socket, or when this is closed
     */
    void setMulticastLoopV6(boolean on) throws IOException;

    /**
     * Joins an IPv4 multicast group ({@code IP_ADD_MEMBERSHIP}).
     *
     * @param group a multicast address, 224.0.0.0 to 239.255.255.255
     * @param networkInterface an address of the interface to join on; {@code 0.0.0.0}: the system chooses
     * @throws IllegalArgumentException when {@code group} is no multicast address, or one of them is none of IPv4
     * @throws IOException when the system refuses, or this is closed
     */
    void joinMulticastV4(InetAddress group, InetAddress networkInterface) throws IOException;

    /**
     * Leaves an IPv4 multicast group ({@code IP_DROP_MEMBERSHIP}).
     *
     * @param group as it was joined
     * @param networkInterface as it was joined
     * @throws IllegalArgumentException when {@code group} is no multicast address, or one of them is none of IPv4
     * @throws IOException when this has not joined it, or is closed
     */
    void leaveMulticastV4(InetAddress group, InetAddress networkInterface) throws IOException;

    /**
     * Joins an IPv6 multicast group ({@code IPV6_JOIN_GROUP}).
     *
     * @param group a multicast address, {@code ff00::/8}
     * @param interfaceIndex of the interface to join on, as {@link java.net.NetworkInterface#getIndex()} tells it;
     *     0: the system chooses
     * @throws IllegalArgumentException when {@code group} is no multicast address of IPv6, or the index is negative
     * @throws IOException on an IPv4 socket, when the system refuses, or this is closed
     */
    void joinMulticastV6(InetAddress group, int interfaceIndex) throws IOException;

    /**
     * Leaves an IPv6 multicast group ({@code IPV6_LEAVE_GROUP}).
     *
     * @param group as it was joined
     * @param interfaceIndex as it was joined
     * @throws IllegalArgumentException when {@code group} is no multicast address of IPv6, or the index is negative
     * @throws IOException when this has not joined it, or is closed
     */
    void leaveMulticastV6(InetAddress group, int interfaceIndex) throws IOException;

    /**
     * Tells how many hops datagrams to a single receiver may take.
     *
     * @return 1 to 255
     * @throws IOException when this is closed
     */
    int ttl() throws IOException;

    /**
     * Sets how many hops datagrams to a single receiver may take.
     *
     * @param hops 1 to 255
     * @throws IOException when the system refuses, or this is closed
     */
    void setTtl(int hops) throws IOException;

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
     * Binds to a network interface ({@code SO_BINDTODEVICE}): datagrams come and go by no other. Linux only.
     *
     * @param name at most 15 bytes, as in {@code "eth0"}; null: none
     * @throws UnsupportedOperationException on other systems
     * @throws IOException when there is no such interface, the process may not do that, or this is closed
     */
    void bindDevice(@Nullable String name) throws IOException;

    /**
     * Tells how large the buffer for sending is ({@code SO_SNDBUF}).
     *
     * @return bytes; Linux tells twice of what was set
     * @throws IOException when this is closed
     */
    int sendBufferSize() throws IOException;

    /**
     * Sets how large the buffer for sending is ({@code SO_SNDBUF}).
     *
     * @param bytes above 0; the system corrects it silently
     * @throws IOException when this is closed
     */
    void setSendBufferSize(int bytes) throws IOException;

    /**
     * Tells how large the buffer for receiving is ({@code SO_RCVBUF}). Datagrams that come while it is full are
     * lost.
     *
     * @return bytes; Linux tells twice of what was set
     * @throws IOException when this is closed
     */
    int recvBufferSize() throws IOException;

    /**
     * Sets how large the buffer for receiving is ({@code SO_RCVBUF}).
     *
     * @param bytes above 0; the system corrects it silently
     * @throws IOException when this is closed
     */
    void setRecvBufferSize(int bytes) throws IOException;

    /**
     * Tells the address of this end.
     *
     * @return the address, with the real port; the wildcard address and port 0 before this is bound
     * @throws IOException when this is closed
     */
    InetSocketAddress localAddress() throws IOException;

    /**
     * Fetches and clears the error that the system holds for this socket ({@code SO_ERROR}), as that nobody listens
     * where a datagram was sent to.
     *
     * @return the error, or null
     * @throws IOException when this is closed
     */
    @Nullable IOException takeError() throws IOException;
}
