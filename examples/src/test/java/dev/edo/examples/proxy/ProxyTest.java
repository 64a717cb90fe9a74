package dev.edo.examples.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.examples.LocalServer;
import dev.edo.net.TcpStream;
import dev.edo.runtime.EdoRuntime;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProxyTest {
    /** Answers after the client has said all: works where the end is passed on, and not too far. */
    private static void count(TcpStream stream) throws IOException {
        var buffer = ByteBuffer.allocateDirect(4096);
        long bytes = 0;
        for (int n; (n = stream.read(buffer.clear()).await()) >= 0; ) {
            bytes += n;
        }
        stream.writeAll(StandardCharsets.US_ASCII.encode("got " + bytes)).await();
    }

    @Test
    void anAnswerToTheEndOfTheRequestComesThrough() throws Exception {
        try (var target = new LocalServer(ProxyTest::count)) {
            String to = "127.0.0.1:" + target.address().getPort();
            try (var proxy = new LocalServer(client -> Proxy.pass(client, to));
                    var client = proxy.connect()) {
                client.send("x".repeat(1_000_000));
                client.endOutput();
                assertEquals("got 1000000", client.rest());
            }
        }
    }

    @Test
    void whereNobodyListensTheClientIsToldByTheEndOfItsConnection() throws Exception {
        String to;
        try (var gone = new ServerSocket(0)) {
            to = "127.0.0.1:" + gone.getLocalPort();
        }
        try (var proxy = new LocalServer(client -> Proxy.pass(client, to));
                var client = proxy.connect()) {
            assertEquals("", client.rest());
        }
    }

    @Test
    void aTargetThatIsNoAddressIsToldAtTheStart() throws Exception {
        try (var runtime = EdoRuntime.builder().currentThread().enableAll().build()) {
            var e = assertThrows(IllegalArgumentException.class,
                    () -> runtime.blockOn(() -> Proxy.serve("127.0.0.1:0", "nowhere")));
            assertTrue(String.valueOf(e.getMessage()).contains("address=\"nowhere\""), e::getMessage);
        }
    }
}
