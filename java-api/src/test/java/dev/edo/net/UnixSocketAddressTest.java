package dev.edo.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixSocketAddressTest {
    @Test
    void addressIsAPathOrANameOrNeither() {
        var path = UnixSocketAddress.of(Path.of("/run/socket"));
        assertEquals(Path.of("/run/socket"), path.path());
        assertNull(path.abstractName());
        assertFalse(path.isUnnamed());
        assertEquals("/run/socket", path.toString());
        var name = UnixSocketAddress.ofAbstract("socket");
        assertNull(name.path());
        assertArrayEquals(new byte[] {'s', 'o', 'c', 'k', 'e', 't'}, name.abstractName());
        assertFalse(name.isUnnamed());
        assertEquals("@socket", name.toString());
        assertEquals("@\\x00\\xff\\x5c\\x20", UnixSocketAddress.ofAbstract(
                new byte[] {0, (byte) 0xff, '\\', ' '}).toString());
        var unnamed = UnixSocketAddress.unnamed();
        assertTrue(unnamed.isUnnamed());
        assertNull(unnamed.path());
        assertNull(unnamed.abstractName());
        assertEquals("(unnamed)", unnamed.toString());
    }

    @Test
    void equalAddressesHaveEqualHashes() {
        var path = UnixSocketAddress.of(Path.of("a"));
        assertEquals(path, UnixSocketAddress.of(Path.of("a")));
        assertEquals(path.hashCode(), UnixSocketAddress.of(Path.of("a")).hashCode());
        var name = UnixSocketAddress.ofAbstract("a");
        assertEquals(name, UnixSocketAddress.ofAbstract(new byte[] {'a'}));
        assertEquals(name.hashCode(), UnixSocketAddress.ofAbstract(new byte[] {'a'}).hashCode());
        assertNotEquals(path, name);
        assertNotEquals(name, UnixSocketAddress.ofAbstract("b"));
        assertNotEquals(UnixSocketAddress.ofAbstract(""), UnixSocketAddress.unnamed());
        assertNotEquals(path, UnixSocketAddress.unnamed());
    }

    /** Neither the array that was given nor the one that is returned is the address's own. */
    @Test
    void nameDoesNotChange() {
        byte[] name = {'a'};
        var address = UnixSocketAddress.ofAbstract(name);
        name[0] = 'b';
        byte[] returned = address.abstractName();
        assertNotNull(returned);
        assertEquals('a', returned[0]);
        returned[0] = 'c';
        assertEquals(UnixSocketAddress.ofAbstract("a"), address);
    }

    @Test
    void pathMustBeOneOfTheSystems(@TempDir Path dir) throws Exception {
        assertThrows(IllegalArgumentException.class, () -> UnixSocketAddress.of(Path.of("")));
        try (var zip = FileSystems.newFileSystem(dir.resolve("a.zip"), Map.of("create", "true"))) {
            assertThrows(IllegalArgumentException.class, () -> UnixSocketAddress.of(zip.getPath("/a")));
        }
    }
}
