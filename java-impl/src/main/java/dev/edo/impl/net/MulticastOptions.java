package dev.edo.impl.net;

import dev.edo.impl.libc.Errno;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The options that only UDP sockets have: for datagrams that go to many. */
final class MulticastOptions {
    private static final int IP_MULTICAST_TTL = Errno.LINUX ? 33 : 10;
    private static final int IP_MULTICAST_LOOP = Errno.LINUX ? 34 : 11;
    private static final int IP_ADD_MEMBERSHIP = Errno.LINUX ? 35 : 12;
    private static final int IP_DROP_MEMBERSHIP = Errno.LINUX ? 36 : 13;
    private static final int IPV6_MULTICAST_LOOP = Errno.LINUX ? 19 : 11;
    private static final int IPV6_JOIN_GROUP = Errno.LINUX ? 20 : 12;
    private static final int IPV6_LEAVE_GROUP = Errno.LINUX ? 21 : 13;

    /** {@code struct ip_mreq}: the group, and an address of the interface. */
    private static final int MREQ_BYTES = 8;

    /** {@code struct ipv6_mreq}: the group, and the index of the interface. */
    private static final int MREQ_V6_BYTES = 20;

    private MulticastOptions() {}

    static boolean broadcast(NativeSocket socket) throws IOException {
        return socket.call("get SO_BROADCAST of " + socket, Socket::isBroadcast);
    }

    static void setBroadcast(NativeSocket socket, boolean on) throws IOException {
        SocketOptions.set(socket, "SO_BROADCAST", on, s -> s.setBroadcast(on));
    }

    static boolean loopV4(NativeSocket socket) throws IOException {
        return SocketOptions.getInt(socket, "IP_MULTICAST_LOOP", SocketOptions.IPPROTO_IP, IP_MULTICAST_LOOP) != 0;
    }

    static void setLoopV4(NativeSocket socket, boolean on) throws IOException {
        SocketOptions.setInt(
                socket, "IP_MULTICAST_LOOP", SocketOptions.IPPROTO_IP, IP_MULTICAST_LOOP, on ? 1 : 0);
    }

    static int ttlV4(NativeSocket socket) throws IOException {
        return SocketOptions.getInt(socket, "IP_MULTICAST_TTL", SocketOptions.IPPROTO_IP, IP_MULTICAST_TTL);
    }

    static void setTtlV4(NativeSocket socket, int hops) throws IOException {
        SocketOptions.requireByte("hops", hops);
        SocketOptions.setInt(socket, "IP_MULTICAST_TTL", SocketOptions.IPPROTO_IP, IP_MULTICAST_TTL, hops);
    }

    static boolean loopV6(NativeSocket socket) throws IOException {
        return SocketOptions.getInt(
                socket, "IPV6_MULTICAST_LOOP", SocketOptions.IPPROTO_IPV6, IPV6_MULTICAST_LOOP) != 0;
    }

    static void setLoopV6(NativeSocket socket, boolean on) throws IOException {
        SocketOptions.setInt(
                socket, "IPV6_MULTICAST_LOOP", SocketOptions.IPPROTO_IPV6, IPV6_MULTICAST_LOOP, on ? 1 : 0);
    }

    static void joinV4(NativeSocket socket, InetAddress group, InetAddress networkInterface) throws IOException {
        membershipV4(socket, "IP_ADD_MEMBERSHIP", IP_ADD_MEMBERSHIP, group, networkInterface);
    }

    static void leaveV4(NativeSocket socket, InetAddress group, InetAddress networkInterface) throws IOException {
        membershipV4(socket, "IP_DROP_MEMBERSHIP", IP_DROP_MEMBERSHIP, group, networkInterface);
    }

    private static void membershipV4(
            NativeSocket socket, String name, int option, InetAddress group, InetAddress networkInterface)
            throws IOException {
        requireMulticast(group, Inet4Address.class);
        if (!(networkInterface instanceof Inet4Address)) {
            throw SocketOptions.outOfRange("networkInterface", networkInterface.getHostAddress(),
                    "an IPv4 address of it, or 0.0.0.0");
        }
        var request = ByteBuffer.allocate(MREQ_BYTES)
                .put(group.getAddress())
                .put(networkInterface.getAddress())
                .flip();
        var value = group.getHostAddress() + " on " + networkInterface.getHostAddress();
        SocketOptions.set(socket, name, value, s -> s.setRawOpt(SocketOptions.IPPROTO_IP, option, request));
    }

    static void joinV6(NativeSocket socket, InetAddress group, int interfaceIndex) throws IOException {
        membershipV6(socket, "IPV6_JOIN_GROUP", IPV6_JOIN_GROUP, group, interfaceIndex);
    }

    static void leaveV6(NativeSocket socket, InetAddress group, int interfaceIndex) throws IOException {
        membershipV6(socket, "IPV6_LEAVE_GROUP", IPV6_LEAVE_GROUP, group, interfaceIndex);
    }

    private static void membershipV6(
            NativeSocket socket, String name, int option, InetAddress group, int interfaceIndex)
            throws IOException {
        requireMulticast(group, Inet6Address.class);
        if (interfaceIndex < 0) {
            throw SocketOptions.outOfRange("interfaceIndex", interfaceIndex, "0 or more");
        }
        var request = ByteBuffer.allocate(MREQ_V6_BYTES)
                .put(group.getAddress())
                .order(ByteOrder.nativeOrder())
                .putInt(interfaceIndex)
                .flip();
        var value = group.getHostAddress() + " on interface " + interfaceIndex;
        SocketOptions.set(socket, name, value, s -> s.setRawOpt(SocketOptions.IPPROTO_IPV6, option, request));
    }

    private static void requireMulticast(InetAddress group, Class<? extends InetAddress> protocol) {
        if (!group.isMulticastAddress() || !protocol.isInstance(group)) {
            throw SocketOptions.outOfRange("group", group.getHostAddress(), "a multicast address of "
                    + (protocol == Inet4Address.class ? "IPv4" : "IPv6"));
        }
    }
}
