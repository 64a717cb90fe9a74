package dev.edo.impl.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPortTest {
    @Test
    void literalsNeedNoLookup() {
        assertEquals(new InetSocketAddress("127.0.0.1", 80), HostPort.parse("127.0.0.1:80").literal());
        assertEquals(new InetSocketAddress("::1", 65_535), HostPort.parse("[::1]:65535").literal());
        assertNull(HostPort.parse("example.org:0").literal());
        assertNull(HostPort.parse("1and1.example:0").literal());
        assertEquals(new HostPort("example.org", 443), HostPort.parse("example.org:443"));
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, the port is missing",
        "localhost:, the port is no number",
        "localhost:http, the port is no number",
        "localhost:-1, the port is no number",
        "localhost:65536, the port is above 65535",
        "localhost:123456, the port is no number",
        ":80, the host is missing",
        "::1:80, an IPv6 address needs brackets",
        "[::1:80, the bracket is not closed",
        "[localhost]:80, brackets are for IPv6",
    })
    void whatIsMalformedIsNamed(String text, String why) {
        var thrown = assertThrows(IllegalArgumentException.class, () -> HostPort.parse(text));
        assertTrue(thrown.getMessage().contains(text), thrown.getMessage());
        assertTrue(thrown.getMessage().contains(why), thrown.getMessage());
    }
}
