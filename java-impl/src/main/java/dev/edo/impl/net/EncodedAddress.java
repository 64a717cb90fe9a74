package dev.edo.impl.net;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;

/**
 * An address together with the system's notation of it, so that neither has to be made of the other again: peers
 * rarely send only one datagram, and answers go where the question came from. Immutable.
 */
final class EncodedAddress {
    private final InetSocketAddress address;
    private final int length;

    // The bytes of the notation; the last two are 0 in one of IPv4.
    private final long first;
    private final long second;
    private final long third;
    private final int fourth;

    private EncodedAddress(InetSocketAddress address, int length, MemorySegment at) {
        boolean v6 = length == SockaddrLayout.V6_BYTES;
        this.address = address;
        this.length = length;
        first = at.getAtIndex(ValueLayout.JAVA_LONG, 0);
        second = at.getAtIndex(ValueLayout.JAVA_LONG, 1);
        third = v6 ? at.getAtIndex(ValueLayout.JAVA_LONG, 2) : 0;
        fourth = v6 ? at.getAtIndex(ValueLayout.JAVA_INT, 6) : 0;
    }

    /** Reads what the system has written. */
    static EncodedAddress read(MemorySegment at) throws IOException {
        int length = SockaddrLayout.length(at);
        return new EncodedAddress(SockaddrLayout.read(at, length), length, at);
    }

    /** Writes an address for the system, and keeps what was written. */
    static EncodedAddress write(MemorySegment at, InetSocketAddress address, boolean ipv6) {
        int length = SockaddrLayout.write(at, address, ipv6);
        return new EncodedAddress(address, length, at);
    }

    InetSocketAddress address() {
        return address;
    }

    /** {@return how many bytes the notation has} */
    int length() {
        return length;
    }

    /** {@return whether the system has written this address} */
    boolean isAt(MemorySegment at) {
        return at.getAtIndex(ValueLayout.JAVA_LONG, 0) == first
                && at.getAtIndex(ValueLayout.JAVA_LONG, 1) == second
                && (length == SockaddrLayout.V4_BYTES
                        || at.getAtIndex(ValueLayout.JAVA_LONG, 2) == third
                                && at.getAtIndex(ValueLayout.JAVA_INT, 6) == fourth);
    }

    /** Writes the notation. */
    void writeTo(MemorySegment at) {
        at.setAtIndex(ValueLayout.JAVA_LONG, 0, first);
        at.setAtIndex(ValueLayout.JAVA_LONG, 1, second);
        at.setAtIndex(ValueLayout.JAVA_LONG, 2, third);
        at.setAtIndex(ValueLayout.JAVA_INT, 6, fourth);
    }
}
