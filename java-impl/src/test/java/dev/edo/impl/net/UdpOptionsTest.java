package dev.edo.impl.net;

import static dev.edo.impl.net.InRuntime.bytes;
import static dev.edo.impl.net.InRuntime.soon;
import static dev.edo.impl.net.InRuntime.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.edo.impl.libc.Errno;
import dev.edo.net.UdpSocket;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Each option is set to what it was not before; and what they are for comes of it. */
class UdpOptionsTest {
    private static final InetAddress GROUP = InetAddress.ofLiteral("239.255.77.1");
    private static final InetAddress GROUP_V6 = InetAddress.ofLiteral("ff01::77:1");
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private static UdpSocket bound() throws Exception {
        return soon(UdpSocket.bind("127.0.0.1:0"));
    }

    private static UdpSocket boundV6() throws Exception {
        try {
            return soon(UdpSocket.bind("[::1]:0"));
        } catch (IOException e) {
            assumeTrue(false, "no IPv6 here");
            throw e;
        }
    }

    private static void commonOptionsRoundTrip(UdpSocket socket) throws IOException {
        assertFalse(socket.broadcast());
        socket.setBroadcast(true);
        assertTrue(socket.broadcast());
        assertNotEquals(40, socket.ttl());
        socket.setTtl(40);
        assertEquals(40, socket.ttl());
        int told = Errno.LINUX ? 2 * 50_000 : 50_000;
        assertNotEquals(told, socket.sendBufferSize());
        socket.setSendBufferSize(50_000);
        assertEquals(told, socket.sendBufferSize());
        assertNotEquals(told, socket.recvBufferSize());
        socket.setRecvBufferSize(50_000);
        assertEquals(told, socket.recvBufferSize());
        assertNull(socket.takeError());
    }

    @Test
    void optionsRoundTrip() throws Exception {
        InRuntime.currentThread(() -> {
            try (var socket = bound()) {
                commonOptionsRoundTrip(socket);
                assertTrue(socket.multicastLoopV4());
                socket.setMulticastLoopV4(false);
                assertFalse(socket.multicastLoopV4());
                assertEquals(1, socket.multicastTtlV4());
                socket.setMulticastTtlV4(40);
                assertEquals(40, socket.multicastTtlV4());
                assertEquals(0, socket.tos());
                socket.setTos(96);
                assertEquals(96, socket.tos());
                assertThrows(IOException.class, socket::tclass);
                assertThrows(IOException.class, socket::multicastLoopV6);
                assertThrows(IllegalArgumentException.class, () -> socket.setTos(256));
                assertThrows(IllegalArgumentException.class, () -> socket.setTtl(0));
                assertThrows(IllegalArgumentException.class, () -> socket.setMulticastTtlV4(-1));
                assertThrows(IllegalArgumentException.class, () -> socket.setRecvBufferSize(0));
            }
        });
    }

    @Test
    void optionsOfAnIpv6SocketRoundTrip() throws Exception {
        InRuntime.currentThread(() -> {
            try (var socket = boundV6()) {
                commonOptionsRoundTrip(socket);
                assertTrue(socket.multicastLoopV6());
                socket.setMulticastLoopV6(false);
                assertFalse(socket.multicastLoopV6());
                assertEquals(0, socket.tclass());
                socket.setTclass(96);
                assertEquals(96, socket.tclass());
                if (Errno.LINUX) {
                    socket.setMulticastTtlV4(40);
                    assertEquals(40, socket.multicastTtlV4());
                }
            }
        });
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void bindsToADevice() throws Exception {
        InRuntime.currentThread(() -> {
            try (var socket = bound()) {
                assertNull(socket.device());
                socket.bindDevice("lo");
                assertEquals("lo", socket.device());
                var thrown = assertThrows(IOException.class, () -> socket.bindDevice("no-such-device"));
                assertTrue(thrown.getMessage().contains("SO_BINDTODEVICE=no-such-device"), thrown.getMessage());
            }
        });
    }

    /** The system refuses broadcasts of who has not said that they are meant. */
    @Test
    @EnabledOnOs(OS.LINUX) // where the loopback interface has a broadcast address
    void broadcastHasToBeAllowed() throws Exception {
        InRuntime.currentThread(() -> {
            try (var socket = bound(); var receiver = soon(UdpSocket.bind("0.0.0.0:0"))) {
                var everybody = new InetSocketAddress("127.255.255.255", receiver.localAddress().getPort());
                var thrown = assertThrows(BindException.class, () -> soon(socket.sendTo(bytes("x"), everybody)));
                assertTrue(thrown.getMessage().contains("127.255.255.255"), thrown.getMessage());
                socket.setBroadcast(true);
                soon(socket.sendTo(bytes("to everybody"), everybody));
                var dst = ByteBuffer.allocate(32);
                assertEquals(socket.localAddress(), soon(receiver.recvFrom(dst)));
                assertEquals("to everybody", text(dst));
            }
        });
    }

    /** A member gets what is sent to its group, and no more once it has left. */
    @Test
    @EnabledOnOs(OS.LINUX) // where who is bound to 127.0.0.1 sends to groups by the loopback interface
    void membersReceiveWhatIsSentToTheirGroup() throws Exception {
        InRuntime.currentThread(() -> {
            try (var member = soon(UdpSocket.bind("0.0.0.0:0")); var sender = bound()) {
                var group = new InetSocketAddress(GROUP, member.localAddress().getPort());
                member.joinMulticastV4(GROUP, LOOPBACK);
                soon(sender.sendTo(bytes("to the group"), group));
                var dst = ByteBuffer.allocate(32);
                assertEquals(sender.localAddress(), soon(member.recvFrom(dst)));
                assertEquals("to the group", text(dst));
                member.leaveMulticastV4(GROUP, LOOPBACK);
                soon(sender.sendTo(bytes("to nobody"), group));
                soon(sender.sendTo(bytes("to one"), new InetSocketAddress(LOOPBACK, group.getPort())));
                soon(member.recv(dst.clear()));
                assertEquals("to one", text(dst));
                var thrown = assertThrows(IOException.class, () -> member.leaveMulticastV4(GROUP, LOOPBACK));
                assertTrue(thrown.getMessage().contains("239.255.77.1 on 127.0.0.1"), thrown.getMessage());
            }
        });
    }

    @Test
    void ipv6GroupsAreJoinedAndLeft() throws Exception {
        var loopback = NetworkInterface.getByInetAddress(LOOPBACK);
        assumeTrue(loopback != null, "no loopback interface");
        int index = loopback.getIndex();
        InRuntime.currentThread(() -> {
            try (var member = boundV6()) {
                member.joinMulticastV6(GROUP_V6, index);
                var thrown = assertThrows(IOException.class, () -> member.joinMulticastV6(GROUP_V6, index), "twice");
                assertTrue(thrown.getMessage().contains("IPV6_JOIN_GROUP=ff01:"), thrown.getMessage());
                member.leaveMulticastV6(GROUP_V6, index);
                assertThrows(IOException.class, () -> member.leaveMulticastV6(GROUP_V6, index));
            }
        });
    }

    @Test
    void groupsMustBeMulticastAddresses() throws Exception {
        InRuntime.currentThread(() -> {
            try (var socket = bound()) {
                var thrown = assertThrows(IllegalArgumentException.class,
                        () -> socket.joinMulticastV4(LOOPBACK, LOOPBACK));
                assertTrue(thrown.getMessage().contains("group=127.0.0.1"), thrown.getMessage());
                assertThrows(IllegalArgumentException.class,
                        () -> socket.leaveMulticastV6(InetAddress.ofLiteral("::1"), 0));
                assertThrows(IllegalArgumentException.class, () -> socket.joinMulticastV6(GROUP_V6, -1));
                assertThrows(IllegalArgumentException.class, () -> socket.joinMulticastV6(GROUP, 0));
                assertThrows(IllegalArgumentException.class, () -> socket.joinMulticastV4(GROUP_V6, LOOPBACK));
                assertThrows(IllegalArgumentException.class, () -> socket.joinMulticastV4(GROUP, GROUP_V6));
                assertThrows(IOException.class, () -> socket.joinMulticastV6(GROUP_V6, 0), "an IPv4 socket");
            }
        });
    }
}
