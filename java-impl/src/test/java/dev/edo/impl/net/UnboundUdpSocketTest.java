package dev.edo.impl.net;

import static dev.edo.impl.net.InRuntime.bytes;
import static dev.edo.impl.net.InRuntime.soon;
import static dev.edo.impl.net.InRuntime.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.edo.impl.libc.Errno;
import dev.edo.net.UdpSocket;
import dev.edo.net.UnboundUdpSocket;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;

class UnboundUdpSocketTest {
    private static final InetSocketAddress ANY_PORT =
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

    private static UnboundUdpSocket openV6() throws IOException {
        try {
            return UnboundUdpSocket.newV6();
        } catch (IOException e) {
            assumeTrue(false, "no IPv6 here");
            throw e;
        }
    }

    @Test
    void whatWasSetBeforeIsSetWhenBound() throws Exception {
        InRuntime.currentThread(() -> {
            int told = Errno.LINUX ? 2 * 50_000 : 50_000;
            try (var unbound = UnboundUdpSocket.newV4()) {
                assertFalse(unbound.reuseAddress());
                unbound.setReuseAddress(true);
                assertTrue(unbound.reuseAddress());
                assertFalse(unbound.reusePort());
                unbound.setReusePort(true);
                assertTrue(unbound.reusePort());
                unbound.setRecvBufferSize(50_000);
                unbound.setSendBufferSize(50_000);
                unbound.setBroadcast(true);
                unbound.setMulticastTtlV4(40);
                unbound.setTtl(41);
                unbound.setTos(96);
                assertThrows(IllegalArgumentException.class, () -> unbound.setTos(256));
                assertThrows(IOException.class, unbound::tclass);
                assertEquals(0, unbound.localAddress().getPort());
                assertNull(unbound.takeError());
                int fd = unbound.fd();
                try (var socket = unbound.bind(ANY_PORT)) {
                    assertEquals(fd, socket.fd());
                    assertEquals(told, socket.recvBufferSize());
                    assertEquals(told, socket.sendBufferSize());
                    assertTrue(socket.broadcast());
                    assertEquals(40, socket.multicastTtlV4());
                    assertEquals(41, socket.ttl());
                    assertEquals(96, socket.tos());
                }
            }
        });
    }

    /** Without the option the second one is refused; that one can be bound elsewhere. */
    @Test
    void socketsShareAPortOnlyWithTheOption() throws Exception {
        InRuntime.currentThread(() -> {
            var first = UnboundUdpSocket.newV4();
            first.setReusePort(true);
            try (var one = first.bind(ANY_PORT); var second = UnboundUdpSocket.newV4()) {
                var thrown = assertThrows(BindException.class, () -> second.bind(one.localAddress()));
                assertTrue(thrown.getMessage().contains("bind " + one.localAddress()), thrown.getMessage());
                second.setReusePort(true);
                try (var two = second.bind(one.localAddress())) {
                    assertEquals(one.localAddress(), two.localAddress());
                }
            }
        });
    }

    @Test
    void aBoundSocketSendsAndReceives() throws Exception {
        InRuntime.multiThread(() -> {
            var unbound = UnboundUdpSocket.newV4();
            try (var here = unbound.bind(ANY_PORT); var there = soon(UdpSocket.bind(ANY_PORT))) {
                soon(there.sendTo(bytes("hello"), here.localAddress()));
                var buffer = ByteBuffer.allocate(16);
                assertEquals(there.localAddress(), soon(here.recvFrom(buffer)));
                assertEquals("hello", text(buffer));
            }
        });
    }

    @Test
    void aSocketOfIpv6TakesIpv4OnTheWildcardAddress() throws Exception {
        InRuntime.currentThread(() -> {
            var unbound = openV6();
            unbound.setTclass(96);
            try (var here = unbound.bind(new InetSocketAddress("::", 0)); var there = soon(UdpSocket.bind(ANY_PORT))) {
                assertEquals(96, here.tclass());
                var target = new InetSocketAddress(ANY_PORT.getAddress(), here.localAddress().getPort());
                soon(there.sendTo(bytes("v4"), target));
                assertEquals(there.localAddress(), soon(here.recvFrom(ByteBuffer.allocate(16))));
            }
        });
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void bindsToADevice() throws Exception {
        try (var unbound = UnboundUdpSocket.newV4()) {
            assertNull(unbound.device());
            unbound.bindDevice("lo");
            assertEquals("lo", unbound.device());
            assertThrows(IOException.class, () -> unbound.bindDevice("no-such-device"));
        }
    }

    @Test
    void bindUsesItUpAndCloseClosesIt() throws Exception {
        InRuntime.currentThread(() -> {
            var unbound = UnboundUdpSocket.newV4();
            try (var socket = unbound.bind(ANY_PORT)) {
                var thrown = assertThrows(IllegalStateException.class, () -> unbound.setReusePort(true));
                assertTrue(thrown.getMessage().contains("this UnboundUdpSocket was used up by bind()"),
                        thrown.getMessage());
                assertThrows(IllegalStateException.class, () -> unbound.bind(ANY_PORT));
                unbound.close();
                assertFalse(socket.broadcast(), "still open");
            }
        });
        var closed = UnboundUdpSocket.newV4();
        closed.close();
        for (var use : List.<Executable>of(closed::ttl, () -> closed.setTtl(3), closed::fd, closed::localAddress)) {
            assertThrows(ClosedChannelException.class, use);
        }
    }

    @Test
    void whatCannotBeIsRefusedAndLeavesItUsable() throws Exception {
        try (var unbound = UnboundUdpSocket.newV4()) {
            var unresolved = InetSocketAddress.createUnresolved("localhost", 1);
            assertThrows(IllegalArgumentException.class, () -> unbound.bind(unresolved));
            assertThrows(IllegalStateException.class, () -> unbound.bind(ANY_PORT), "outside a runtime");
            assertEquals(0, unbound.localAddress().getPort());
        }
    }
}
