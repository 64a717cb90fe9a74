package dev.edo.impl.net;

import dev.edo.impl.libc.Errno;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;

/**
 * {@code struct sockaddr_in} and {@code struct sockaddr_in6}, as the system lays them out.
 *
 * <pre>
 *   bytes    sockaddr_in     sockaddr_in6
 *   0..1     family          family            macOS: its length, then the family, a byte each
 *   2..3     port            port              big-endian
 *   4..7     address         flow label
 *   8..15    zeros           address
 *   16..23                   address
 *   24..27                   scope
 * </pre>
 */
final class SockaddrLayout {
    /** Room for either, in whole words. */
    static final int BYTES = 32;

    static final int V4_BYTES = 16;
    static final int V6_BYTES = 28;

    private static final int AF_INET = 2;
    private static final int AF_INET6 = Errno.LINUX ? 10 : 30;
    private static final int PORT = 2;
    private static final int V4_ADDRESS = 4;
    private static final int V6_ADDRESS = 8;
    private static final int V6_SCOPE = 24;
    private static final int V4_ADDRESS_BYTES = 4;
    private static final int V6_ADDRESS_BYTES = 16;

    /** Where in an IPv6 address the IPv4 address lies that it stands for; before it are two bytes of ones. */
    private static final int MAPPED = 12;

    private static final ValueLayout.OfShort BIG_ENDIAN_SHORT =
            ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

    private SockaddrLayout() {}

    /**
     * Writes an address.
     *
     * @param at {@link #BYTES} long
     * @param address resolved
     * @param ipv6 whether it is for a socket of IPv6, which knows IPv4 addresses as IPv6 ones
     * @return how many bytes
     */
    static int write(MemorySegment at, InetSocketAddress address, boolean ipv6) {
        var host = address.getAddress();
        byte[] bytes = host.getAddress();
        at.fill((byte) 0);
        at.set(BIG_ENDIAN_SHORT, PORT, (short) address.getPort());
        if (!ipv6 && bytes.length == V4_ADDRESS_BYTES) {
            writeFamily(at, AF_INET, V4_BYTES);
            MemorySegment.copy(bytes, 0, at, ValueLayout.JAVA_BYTE, V4_ADDRESS, V4_ADDRESS_BYTES);
            return V4_BYTES;
        }
        writeFamily(at, AF_INET6, V6_BYTES);
        if (host instanceof Inet6Address v6) {
            MemorySegment.copy(bytes, 0, at, ValueLayout.JAVA_BYTE, V6_ADDRESS, V6_ADDRESS_BYTES);
            at.set(ValueLayout.JAVA_INT, V6_SCOPE, v6.getScopeId());
        } else {
            at.set(ValueLayout.JAVA_SHORT, V6_ADDRESS + MAPPED - Short.BYTES, (short) -1);
            MemorySegment.copy(bytes, 0, at, ValueLayout.JAVA_BYTE, V6_ADDRESS + MAPPED, V4_ADDRESS_BYTES);
        }
        return V6_BYTES;
    }

    private static void writeFamily(MemorySegment at, int family, int length) {
        if (Errno.LINUX) {
            at.set(ValueLayout.JAVA_SHORT, 0, (short) family);
        } else {
            at.set(ValueLayout.JAVA_BYTE, 0, (byte) length);
            at.set(ValueLayout.JAVA_BYTE, 1, (byte) family);
        }
    }

    /**
     * How long the address is that the system has written.
     *
     * @throws IOException where it is none of the internet's
     */
    static int length(MemorySegment at) throws IOException {
        int family = Errno.LINUX ? at.get(ValueLayout.JAVA_SHORT, 0) : at.get(ValueLayout.JAVA_BYTE, 1);
        if (family == AF_INET) {
            return V4_BYTES;
        }
        if (family == AF_INET6) {
            return V6_BYTES;
        }
        throw new IOException("an address of family=" + family + " came with a datagram; expected " + AF_INET
                + " (IPv4) or " + AF_INET6 + " (IPv6)");
    }

    /** Reads an address; one of IPv6 that stands for one of IPv4 becomes that. */
    static InetSocketAddress read(MemorySegment at, int length) throws IOException {
        boolean v6 = length == V6_BYTES;
        var bytes = new byte[v6 ? V6_ADDRESS_BYTES : V4_ADDRESS_BYTES];
        MemorySegment.copy(at, ValueLayout.JAVA_BYTE, v6 ? V6_ADDRESS : V4_ADDRESS, bytes, 0, bytes.length);
        int scope = v6 ? at.get(ValueLayout.JAVA_INT, V6_SCOPE) : 0;
        var host = scope == 0 ? InetAddress.getByAddress(bytes) : Inet6Address.getByAddress(null, bytes, scope);
        return new InetSocketAddress(host, Short.toUnsignedInt(at.get(BIG_ENDIAN_SHORT, PORT)));
    }
}
