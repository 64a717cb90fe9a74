package dev.edo.impl.net;

import static dev.edo.impl.net.InRuntime.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.edo.net.UdpSocket;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a datagram costs once everything is warm: by polls and tries no allocation, also where each one tells its
 * sender and is answered.
 */
@Timeout(120)
class UdpCostTest {
    private static final int WARM_UP = 30_000;
    private static final int DATAGRAMS = 20_000;

    /** Objects of a few datagrams may be the JVM's own, of a compilation that came late. */
    private static final long MOST_BYTES_PER_DATAGRAM = 1;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @CsvSource({"127.0.0.1:0, true", "127.0.0.1:0, false", "[::1]:0, true"})
    void datagramsThatArePolledAllocateNothing(String where, boolean direct) throws Exception {
        InRuntime.currentThread(() -> {
            try (var client = soon(UdpSocket.bind(where)); var server = soon(UdpSocket.bind(where))) {
                soon(client.writable());
                soon(server.writable());
                var address = server.localAddress();
                var request = buffer(direct);
                var received = buffer(direct);
                // The first event of each comes with its first datagram; from then on both stay ready.
                exchangeOnce(client, server, address, request, received);
                echo(client, server, address, request, received, WARM_UP);
                long before = THREADS.getCurrentThreadAllocatedBytes();
                echo(client, server, address, request, received, DATAGRAMS);
                long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
                assertTrue(bytes <= 2 * DATAGRAMS * MOST_BYTES_PER_DATAGRAM,
                        "bytes allocated for " + 2 * DATAGRAMS + " datagrams: " + bytes);
            }
        });
    }

    private static ByteBuffer buffer(boolean direct) {
        return direct ? ByteBuffer.allocateDirect(64) : ByteBuffer.allocate(64);
    }

    private static void exchangeOnce(UdpSocket client, UdpSocket server, InetSocketAddress address,
            ByteBuffer request, ByteBuffer received) throws Exception {
        soon(client.sendTo(request.clear(), address));
        var sender = soon(server.recvFrom(received.clear()));
        soon(server.sendTo(received.flip(), sender));
        soon(client.recvFrom(received.clear()));
    }

    private static void echo(UdpSocket client, UdpSocket server, InetSocketAddress address, ByteBuffer request,
            ByteBuffer received, int times) throws IOException {
        var waker = new CountingWaker();
        for (int i = 0; i < times; i++) {
            assertEquals(64, client.pollSendTo(waker.cx, request.clear(), address));
            @Nullable InetSocketAddress sender = server.pollRecvFrom(waker.cx, received.clear());
            assertNotNull(sender, "loopback delivers at once");
            assertEquals(64, server.trySendTo(received.flip(), sender));
            assertNotNull(client.tryRecvFrom(received.clear()));
        }
    }
}
