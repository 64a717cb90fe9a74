package dev.edo.impl.net;

import static dev.edo.impl.net.InRuntime.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.edo.future.Poll;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.libc.Errno;
import dev.edo.net.TcpListener;
import dev.edo.net.TcpSocket;
import dev.edo.net.TcpStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;

class TcpSocketTest {
    private static final InetSocketAddress ANY_PORT =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    /** Each option is set to what it was not before. */
    private static void optionsRoundTrip(TcpSocket socket) throws IOException {
        assertFalse(socket.reuseAddress());
        socket.setReuseAddress(true);
        assertTrue(socket.reuseAddress());
        assertFalse(socket.reusePort());
        socket.setReusePort(true);
        assertTrue(socket.reusePort());
        assertFalse(socket.keepalive());
        socket.setKeepalive(true);
        assertTrue(socket.keepalive());
        assertFalse(socket.nodelay());
        socket.setNodelay(true);
        assertTrue(socket.nodelay());
        int told = Errno.LINUX ? 2 * 50_000 : 50_000;
        assertNotEquals(told, socket.sendBufferSize());
        socket.setSendBufferSize(50_000);
        assertEquals(told, socket.sendBufferSize());
        assertNotEquals(told, socket.recvBufferSize());
        socket.setRecvBufferSize(50_000);
        assertEquals(told, socket.recvBufferSize());
        assertNull(socket.linger());
        socket.setLinger(Duration.ofSeconds(3));
        assertEquals(Duration.ofSeconds(3), socket.linger());
        socket.setZeroLinger();
        assertEquals(Duration.ZERO, socket.linger());
        assertNull(socket.takeError());
    }

    @Test
    void optionsRoundTrip() throws Exception {
        try (var socket = TcpSocket.newV4()) {
            optionsRoundTrip(socket);
            assertEquals(0, socket.tos());
            socket.setTos(96);
            assertEquals(96, socket.tos());
            assertThrows(IllegalArgumentException.class, () -> socket.setTos(256));
            assertThrows(IOException.class, socket::tclass);
        }
    }

    @Test
    void optionsOfAnIpv6SocketRoundTrip() throws Exception {
        try (var socket = openV6()) {
            optionsRoundTrip(socket);
            assertEquals(0, socket.tclass());
            socket.setTclass(96);
            assertEquals(96, socket.tclass());
        }
    }

    private static TcpSocket openV6() throws IOException {
        try {
            return TcpSocket.newV6();
        } catch (IOException e) {
            assumeTrue(false, "no IPv6 here");
            throw e;
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void bindsToADevice() throws Exception {
        try (var socket = TcpSocket.newV4()) {
            assertNull(socket.device());
            socket.bindDevice("lo");
            assertEquals("lo", socket.device());
            var thrown = assertThrows(IOException.class, () -> socket.bindDevice("no-such-device"));
            assertTrue(thrown.getMessage().contains("SO_BINDTODEVICE=no-such-device"), thrown.getMessage());
            assertThrows(IllegalArgumentException.class, () -> socket.bindDevice("sixteen-bytes-xx"));
        }
    }

    @Test
    void preparedSocketsListenAndConnect() throws Exception {
        InRuntime.currentThread(() -> {
            var forListening = TcpSocket.newV4();
            forListening.setReuseAddress(true);
            forListening.bind(ANY_PORT);
            var bound = forListening.localAddress();
            try (var listener = forListening.listen(16)) {
                assertEquals(bound, listener.localAddress());
                var forConnecting = TcpSocket.newV4();
                forConnecting.setNodelay(true);
                forConnecting.bind(ANY_PORT);
                var local = forConnecting.localAddress();
                try (var client = soon(forConnecting.connect(bound)); var server = soon(listener.accept())) {
                    assertTrue(client.nodelay());
                    assertEquals(local, server.peerAddress());
                }
                assertSpent(forConnecting);
            }
            assertSpent(forListening);
        });
    }

    @Test
    void ipv6SocketsListenAndConnect() throws Exception {
        InRuntime.currentThread(() -> {
            try (var forListening = openV6()) {
                forListening.bind(new InetSocketAddress("::1", 0));
                try (var listener = forListening.listen(128);
                        var client = soon(TcpSocket.newV6().connect(listener.localAddress()));
                        var server = soon(listener.accept())) {
                    assertEquals(client.localAddress(), server.peerAddress());
                }
            }
        });
    }

    /** A client of IPv4 reaches who listens on the wildcard address of IPv6. */
    @Test
    void ipv6SocketTakesConnectionsOfIpv4() throws Exception {
        InRuntime.currentThread(() -> {
            try (var forListening = openV6()) {
                forListening.bind(new InetSocketAddress("::", 0));
                try (var listener = forListening.listen(128);
                        var client = soon(TcpStream.connect("127.0.0.1:" + listener.localAddress().getPort()));
                        var server = soon(listener.accept())) {
                    assertEquals(client.localAddress(), server.peerAddress());
                }
            }
        });
    }

    private static void assertSpent(TcpSocket socket) {
        var thrown = assertThrows(IllegalStateException.class, socket::nodelay);
        assertTrue(thrown.getMessage().contains("used up"), thrown.getMessage());
        socket.close();
    }

    @Test
    void useAfterCloseSaysThatItIsClosed() throws Exception {
        var socket = TcpSocket.newV4();
        socket.close();
        var uses = List.<Executable>of(socket::nodelay, () -> socket.setNodelay(true), socket::localAddress,
                socket::takeError, () -> socket.bind(ANY_PORT), () -> socket.listen(1));
        for (var use : uses) {
            var thrown = assertThrows(ClosedChannelException.class, use);
            assertTrue(String.valueOf(thrown.getMessage()).contains("is closed"), String.valueOf(thrown.getMessage()));
        }
        socket.close();
    }

    @Test
    void reusePortLetsTwoListenersShareAPort() throws Exception {
        InRuntime.currentThread(() -> {
            var first = TcpSocket.newV4();
            first.setReusePort(true);
            first.bind(ANY_PORT);
            try (var one = first.listen(8)) {
                var second = TcpSocket.newV4();
                second.setReusePort(true);
                second.bind(one.localAddress());
                try (var two = second.listen(8)) {
                    assertEquals(one.localAddress(), two.localAddress());
                }
            }
        });
    }

    @Test
    void abandonedConnectGivesTheSocketBack() throws Exception {
        InRuntime.currentThread(() -> {
            var socket = TcpSocket.newV4();
            socket.bind(ANY_PORT);
            var address = socket.localAddress();
            var connect = socket.connect(address);
            connect.cancel();
            // Only a closed socket lets go of its port.
            try (var next = TcpSocket.newV4()) {
                next.bind(address);
            }
        });
    }

    /** Who drops the future unpolled has not given the descriptor away. */
    @Test
    void closingTheSocketClosesWhatWasPromisedToAConnect() throws Exception {
        InRuntime.currentThread(() -> {
            var socket = TcpSocket.newV4();
            socket.bind(ANY_PORT);
            var address = socket.localAddress();
            var connect = socket.connect(address);
            assertThrows(IllegalStateException.class, socket::nodelay, "used up");
            assertThrows(IllegalStateException.class, () -> socket.connect(address), "used up");
            assertThrows(IllegalStateException.class, () -> socket.listen(1), "used up");
            socket.close();
            // Only a closed socket lets go of its port.
            try (var next = TcpSocket.newV4()) {
                next.bind(address);
            }
            var thrown = assertThrows(ClosedChannelException.class, () -> soon(connect));
            assertTrue(String.valueOf(thrown.getMessage()).contains("closed before the future of its connect()"),
                    String.valueOf(thrown.getMessage()));
            connect.cancel();
        });
    }

    @Test
    void closingTheSocketLeavesAConnectThatWasPolled() throws Exception {
        InRuntime.currentThread(() -> {
            try (var listener = TcpListener.bind(ANY_PORT).await()) {
                var socket = TcpSocket.newV4();
                var connect = socket.connect(listener.localAddress());
                var first = connect.poll(new CountingWaker().cx);
                socket.close();
                try (var client = first instanceof Poll.Ready<TcpStream>(var stream) ? stream : soon(connect);
                        var server = soon(listener.accept())) {
                    assertEquals(client.localAddress(), server.peerAddress());
                }
            }
        });
    }

    /** Prepares sockets that nobody closes; {@return what the system calls them} */
    private static List<String> forgotten() throws IOException {
        var promised = TcpSocket.newV4();
        var unused = TcpSocket.newV4();
        var open = OpenDescriptors.now();
        var what = List.of(open.get(promised.fd()), open.get(unused.fd()));
        var notPolled = promised.connect(ANY_PORT);
        return notPolled == null ? List.of() : what;
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void socketsThatNobodyCanReachAnyMoreAreClosed() throws Exception {
        var what = forgotten();
        Eventually.until(what + " are closed", () -> {
            System.gc();
            return Collections.disjoint(OpenDescriptors.now().values(), what);
        });
    }

    @Test
    void unresolvedAddressesAndBadBacklogsAreRefused() throws Exception {
        try (var socket = TcpSocket.newV4()) {
            var unresolved = InetSocketAddress.createUnresolved("localhost", 1);
            assertThrows(IllegalArgumentException.class, () -> socket.bind(unresolved));
            assertThrows(IllegalArgumentException.class, () -> socket.connect(unresolved));
            assertThrows(IllegalArgumentException.class, () -> socket.listen(0));
            assertFalse(socket.nodelay(), "still usable");
            assertThrows(IllegalStateException.class, () -> socket.listen(1), "outside a runtime");
        }
        assertThrows(IllegalArgumentException.class, () -> TcpStream.connect("localhost"));
    }
}
