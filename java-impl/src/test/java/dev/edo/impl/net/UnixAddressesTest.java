package dev.edo.impl.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.impl.libc.Errno;
import dev.edo.net.UnixSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class UnixAddressesTest {
    private static final int LONGEST = Errno.LINUX ? 107 : 103;

    private static void roundTrips(UnixSocketAddress address) throws Exception {
        byte[] encoded = UnixAddresses.encode(address);
        assertEquals(address, UnixAddresses.decode(encoded, encoded.length));
    }

    @Test
    void pathsAndNamesRoundTripUpToTheLongest() throws Exception {
        roundTrips(UnixSocketAddress.unnamed());
        roundTrips(UnixSocketAddress.of(Path.of("relative/socket")));
        roundTrips(UnixSocketAddress.of(Path.of("x".repeat(LONGEST))));
        var thrown = assertThrows(SocketException.class,
                () -> UnixAddresses.encode(UnixSocketAddress.of(Path.of("x".repeat(LONGEST + 1)))));
        assertTrue(thrown.getMessage().contains("at most " + LONGEST), thrown.getMessage());
        if (Errno.LINUX) {
            roundTrips(UnixSocketAddress.ofAbstract("name"));
            roundTrips(UnixSocketAddress.ofAbstract(new byte[0]));
            roundTrips(UnixSocketAddress.ofAbstract(new byte[LONGEST]));
            assertThrows(SocketException.class,
                    () -> UnixAddresses.encode(UnixSocketAddress.ofAbstract(new byte[LONGEST + 1])));
        } else {
            assertThrows(UnsupportedOperationException.class,
                    () -> UnixAddresses.encode(UnixSocketAddress.ofAbstract("name")));
        }
    }

    /** A name of a file is any bytes, and their path's text does not have them all. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void bytesThatAreNoTextRoundTrip() throws Exception {
        for (String name : List.of("/tmp/no-\377text", "no-\377text", "../a b/%\303(/\357\277\275", "/\377")) {
            byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
            byte[] raw = new byte[2 + bytes.length + 1];
            raw[0] = 1;
            System.arraycopy(bytes, 0, raw, 2, bytes.length);
            var decoded = UnixAddresses.decode(raw, raw.length);
            assertArrayEquals(raw, UnixAddresses.encode(decoded), name);
            assertEquals(name.startsWith("/"), decoded.path().isAbsolute());
        }
    }

    /** A directory is no end of a path, whatever its URI says. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void bytesThatAreNoTextMayNameADirectory(@TempDir Path dir) throws Exception {
        var odd = Files.createDirectory(Path.of(URI.create(dir.toUri() + "%FF")));
        byte[] encoded = UnixAddresses.encode(UnixSocketAddress.of(odd));
        assertEquals((byte) 0xff, encoded[encoded.length - 2]);
        assertEquals(odd, UnixAddresses.decode(encoded, encoded.length).path());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void familyAndMarkStandBeforeTheName() throws Exception {
        assertArrayEquals(new byte[] {1, 0, '/', 'a', 0}, UnixAddresses.encode(UnixSocketAddress.of(Path.of("/a"))));
        assertArrayEquals(new byte[] {1, 0, 0, 'a'}, UnixAddresses.encode(UnixSocketAddress.ofAbstract("a")));
        assertArrayEquals(new byte[] {1, 0}, UnixAddresses.encode(UnixSocketAddress.unnamed()));
    }

    /** The kernel counts the zero byte at the end or not, and what is behind it is not of the path. */
    @Test
    void pathEndsAtItsZeroByte() throws Exception {
        var expected = UnixSocketAddress.of(Path.of("/a"));
        byte[] raw = {1, 0, '/', 'a', 0, 'x'};
        for (int length = 4; length <= raw.length; length++) {
            assertEquals(expected, UnixAddresses.decode(raw, length));
        }
    }
}
