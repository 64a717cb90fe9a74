package dev.edo.impl.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses in the system's notation; that the system understands it is shown by the sockets' tests. */
class EncodedAddressTest {
    private final MemorySegment memory = Arena.ofAuto().allocate(SockaddrLayout.BYTES, Long.BYTES);

    private static InetSocketAddress address(String host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 80, false, 16",
        "255.254.253.252, 65535, false, 16",
        "127.0.0.1, 80, true, 28",
        "0.0.0.0, 0, true, 28",
        "::1, 32768, true, 28",
        "fedc:ba98:7654:3210:fedc:ba98:7654:3210, 443, true, 28",
        "::1, 443, false, 28"})
    void whatIsWrittenIsReadAgain(String host, int port, boolean ipv6, int length) throws Exception {
        memory.fill((byte) 0x55);
        var address = address(host, port);
        var written = EncodedAddress.write(memory, address, ipv6);
        assertEquals(length, written.length());
        assertSame(address, written.address());
        assertEquals((byte) (port >> 8), memory.get(ValueLayout.JAVA_BYTE, 2), "big-endian");
        assertEquals((byte) port, memory.get(ValueLayout.JAVA_BYTE, 3), "big-endian");
        var read = EncodedAddress.read(memory);
        assertEquals(address, read.address());
        assertEquals(length, read.length());
        memory.fill((byte) 0x55);
        read.writeTo(memory);
        assertTrue(written.isAt(memory));
        assertEquals(address, EncodedAddress.read(memory).address());
    }

    /** Of two addresses that differ in one thing, whatever it is, one is not taken for the other. */
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 80, 127.0.0.1, 81",
        "127.0.0.1, 80, 127.0.0.2, 80",
        "::1, 80, ::1, 81",
        "::1, 80, ::2, 80",
        "1::1, 80, 2::1, 80",
        "::1, 80, 127.0.0.1, 80"})
    void othersAreToldApart(String host, int port, String otherHost, int otherPort) {
        var one = EncodedAddress.write(memory, address(host, port), false);
        assertTrue(one.isAt(memory));
        var other = EncodedAddress.write(memory, address(otherHost, otherPort), false);
        assertFalse(one.isAt(memory));
        assertTrue(other.isAt(memory));
        one.writeTo(memory);
        assertFalse(other.isAt(memory));
        assertTrue(one.isAt(memory));
    }

    @Test
    void scopeBelongsToTheAddress() throws Exception {
        byte[] bytes = InetAddress.ofLiteral("fe80::1").getAddress();
        var one = new InetSocketAddress(Inet6Address.getByAddress(null, bytes, 1), 80);
        var two = new InetSocketAddress(Inet6Address.getByAddress(null, bytes, 2), 80);
        var written = EncodedAddress.write(memory, one, true);
        assertEquals(1, ((Inet6Address) EncodedAddress.read(memory).address().getAddress()).getScopeId());
        EncodedAddress.write(memory, two, true);
        assertFalse(written.isAt(memory));
        assertEquals(2, ((Inet6Address) EncodedAddress.read(memory).address().getAddress()).getScopeId());
    }

    @Test
    void addressOfAnotherFamilyIsRefused() {
        memory.fill((byte) 1);
        var thrown = assertThrows(IOException.class, () -> EncodedAddress.read(memory));
        assertTrue(thrown.getMessage().contains("family="), thrown.getMessage());
    }
}
