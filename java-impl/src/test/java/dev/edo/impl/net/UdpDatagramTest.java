package dev.edo.impl.net;

import static dev.edo.impl.net.InRuntime.bytes;
import static dev.edo.impl.net.InRuntime.soon;
import static dev.edo.impl.net.InRuntime.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.io.Interest;
import dev.edo.io.IoResult;
import dev.edo.net.UdpSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Datagrams of any length stay whole, and readiness follows the rules of datagrams. */
class UdpDatagramTest {
    private static final int LARGEST_V4 = 65_507;
    private static final int LARGEST_V6 = 65_527;

    private static UdpSocket bound() throws Exception {
        return soon(UdpSocket.bind("127.0.0.1:0"));
    }

    private static ByteBuffer buffer(boolean direct, int bytes) {
        return direct ? ByteBuffer.allocateDirect(bytes) : ByteBuffer.allocate(bytes);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void largestDatagramIsByteExact(boolean direct, boolean ipv6) throws Exception {
        InRuntime.currentThread(() -> {
            var where = ipv6 ? "[::1]:0" : "127.0.0.1:0";
            int length = ipv6 ? LARGEST_V6 : LARGEST_V4;
            try (var sender = soon(UdpSocket.bind(where)); var receiver = soon(UdpSocket.bind(where))) {
                sender.setSendBufferSize(1 << 18);
                receiver.setRecvBufferSize(1 << 18);
                var sent = new byte[length];
                new Random(1).nextBytes(sent);
                // In the middle of larger buffers: positions count.
                var src = buffer(direct, length + 7).position(3).put(sent).flip().position(3);
                assertEquals(length, soon(sender.sendTo(src, receiver.localAddress())));
                assertEquals(length + 3, src.position());
                var dst = buffer(direct, length + 100).position(11);
                assertEquals(sender.localAddress(), soon(receiver.recvFrom(dst)));
                assertEquals(length + 11, dst.position());
                var received = new byte[length];
                dst.get(11, received);
                assertArrayEquals(sent, received);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void datagramLongerThanTheBufferIsCutAndItsRestIsLost(boolean direct) throws Exception {
        InRuntime.currentThread(() -> {
            try (var sender = bound(); var receiver = bound()) {
                soon(sender.sendTo(bytes("0123456789"), receiver.localAddress()));
                soon(sender.sendTo(bytes("next"), receiver.localAddress()));
                var dst = buffer(direct, 4);
                assertEquals(4, soon(receiver.recv(dst)));
                assertEquals("0123", text(dst));
                assertEquals(4, soon(receiver.recv(dst.clear())));
                assertEquals("next", text(dst));
                soon(sender.sendTo(bytes("all of it"), receiver.localAddress()));
                soon(sender.sendTo(bytes("last"), receiver.localAddress()));
                assertEquals(0, soon(receiver.recv(dst.position(4).limit(4))), "a full buffer takes it, too");
                assertEquals(sender.localAddress(), soon(receiver.recvFrom(dst.clear())));
                assertEquals("last", text(dst));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void datagramThatIsTooLongFailsAndTheSocketGoesOn(boolean direct) throws Exception {
        InRuntime.currentThread(() -> {
            try (var sender = bound(); var receiver = bound()) {
                for (int length : new int[] {LARGEST_V4 + 1, 65_536, 65_537, 200_000}) {
                    var src = buffer(direct, length);
                    var thrown = assertThrows(SocketException.class,
                            () -> soon(sender.sendTo(src, receiver.localAddress())));
                    assertTrue(thrown.getMessage().contains("send " + length + " bytes"), thrown.getMessage());
                    assertTrue(thrown.getMessage().contains("65,507"), thrown.getMessage());
                    assertEquals(0, src.position());
                }
                soon(sender.sendTo(bytes("short"), receiver.localAddress()));
                var dst = ByteBuffer.allocate(32);
                assertEquals(5, soon(receiver.recv(dst)));
                assertEquals("short", text(dst));
            }
        });
    }

    /** One of 0 bytes is received as such, in each way, and is neither the end nor a reason to wait. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void emptyDatagramIsAResult(boolean direct) throws Exception {
        InRuntime.currentThread(() -> {
            try (var sender = bound(); var receiver = bound()) {
                var dst = buffer(direct, 8);
                var waker = new CountingWaker();
                soon(sender.connect(receiver.localAddress()));
                assertEquals(0, soon(sender.send(buffer(direct, 0))));
                assertEquals(0, sender.trySend(buffer(direct, 0)));
                assertEquals(0, sender.pollSend(waker.cx, buffer(direct, 0)));
                assertEquals(0, sender.trySendTo(buffer(direct, 0), receiver.localAddress()));
                assertEquals(0, soon(sender.sendTo(buffer(direct, 0), receiver.localAddress())));
                soon(sender.send(bytes("x")));

                assertEquals(0, soon(receiver.peek(dst)));
                assertEquals(0, soon(receiver.recv(dst)));
                assertEquals(0, receiver.tryRecv(dst));
                assertEquals(0, receiver.pollRecv(waker.cx, dst));
                assertEquals(sender.localAddress(), soon(receiver.peekSender()));
                assertEquals(sender.localAddress(), soon(receiver.recvFrom(dst)));
                assertEquals(sender.localAddress(), receiver.tryRecvFrom(dst));
                assertEquals(0, dst.position());
                assertEquals(1, soon(receiver.recv(dst)));
                assertEquals(UdpSocket.WOULD_BLOCK, receiver.tryRecv(dst));
            }
        });
    }

    /**
     * Two datagrams are there and one event has told of them. The first one is shorter than the buffer, which for a
     * stream would mean that nothing is left: who clears the readiness then waits for the second one for ever.
     */
    @Test
    void shortReceiveDoesNotMeanThatTheSocketIsDrained() throws Exception {
        InRuntime.currentThread(() -> {
            try (var sender = bound(); var receiver = bound()) {
                soon(sender.sendTo(bytes("first"), receiver.localAddress()));
                soon(sender.sendTo(bytes("second"), receiver.localAddress()));
                soon(receiver.readable());
                var waker = new CountingWaker();
                var dst = ByteBuffer.allocate(1000);
                assertEquals(5, receiver.pollRecv(waker.cx, dst.clear()));
                assertTrue(receiver.readable().poll(waker.cx).isReady());
                assertEquals(6, receiver.pollRecv(waker.cx, dst.clear()));
                assertTrue(receiver.readable().poll(waker.cx).isReady(), "only EAGAIN says that there are no more");
                assertEquals(IoResult.PENDING, receiver.pollRecv(waker.cx, dst.clear()));
                assertFalse(receiver.readable().poll(waker.cx).isReady());
            }
        });
    }

    /** Refuses to send for want of room, as a full device queue makes the system do, which loopback never does. */
    private static final class FullSocket extends NativeDatagrams {
        private final AtomicInteger refusals = new AtomicInteger();
        private int room;

        FullSocket() throws IOException {
            super(NativeDatagrams.make(false).intValue());
            bindTo(new InetSocketAddress("127.0.0.1", 0));
        }

        @Override
        int sendDatagram(ByteBuffer src, @Nullable InetSocketAddress target) throws IOException {
            if (room-- <= 0) {
                if (refusals.incrementAndGet() > 100) {
                    throw new AssertionError("tried a hundred times, though there is no room");
                }
                return IoResult.WOULD_BLOCK;
            }
            return super.sendDatagram(src, target);
        }
    }

    /**
     * Without room the sender waits. An event of the socket (here a datagram comes in, and epoll tells of everything
     * that is there) makes it try again.
     */
    @Test
    void senderWaitsForRoom() throws Exception {
        InRuntime.currentThread(() -> {
            var full = new FullSocket();
            var socket = EventedDatagrams.register(full, RuntimeHandle.current().io());
            try (var receiver = bound()) {
                var waker = new CountingWaker();
                soon(new SocketAbleFuture(socket.evented(), Interest.WRITABLE));
                var send = DatagramFuture.send(socket, bytes("hello"), receiver.localAddress());
                assertFalse(send.poll(waker.cx).isReady());
                assertEquals(1, full.refusals.get());
                assertEquals(IoResult.PENDING, socket.pollSend(waker.cx, bytes("x"), receiver.localAddress()));
                assertEquals(IoResult.WOULD_BLOCK, socket.trySend(bytes("x"), receiver.localAddress()));
                assertEquals(1, full.refusals.get(), "nobody tries before an event");
                full.room = 1;
                soon(receiver.sendTo(bytes("an event"), full.local()));
                assertEquals(5, soon(send));
                assertEquals(1, waker.wakes(), "the future went on with another waker");
                var dst = ByteBuffer.allocate(8);
                soon(receiver.recv(dst));
                assertEquals("hello", text(dst));
            } finally {
                socket.evented().close();
            }
        });
    }

    /**
     * Nobody listens where this sends to, which epoll tells as EPOLLERR together with EPOLLOUT: the signs of a stream
     * that takes no more. Were that kept, the sender would be called ready for ever, and spin as long as it finds no
     * room.
     */
    @Test
    void senderThatWasToldOfAnErrorStillWaitsForRoom() throws Exception {
        InRuntime.currentThread(() -> {
            var full = new FullSocket();
            var socket = EventedDatagrams.register(full, RuntimeHandle.current().io());
            try {
                full.connectTo(unused());
                full.room = 1;
                soon(DatagramFuture.send(socket, bytes("to nobody"), null));
                assertThrows(IOException.class,
                        () -> soon(DatagramFuture.receive(socket, ByteBuffer.allocate(8), false)));
                var waker = new CountingWaker();
                assertEquals(IoResult.PENDING, socket.pollSend(waker.cx, bytes("x"), null));
                assertFalse(DatagramFuture.send(socket, bytes("x"), null).poll(waker.cx).isReady());
                assertEquals(1, full.refusals.get());
            } finally {
                socket.evented().close();
            }
        });
    }

    static InetSocketAddress unused() throws Exception {
        try (var socket = bound()) {
            return socket.localAddress();
        }
    }

    /** Who is heard of again has the same address object; it can be sent to like any other. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:0", "[::1]:0"})
    void addressOfTheLastSenderIsMadeOnce(String where) throws Exception {
        InRuntime.currentThread(() -> {
            try (var receiver = soon(UdpSocket.bind(where));
                    var first = soon(UdpSocket.bind(where));
                    var second = soon(UdpSocket.bind(where))) {
                var dst = ByteBuffer.allocate(8);
                @Nullable InetSocketAddress last = null;
                for (int i = 0; i < 3; i++) {
                    soon(first.sendTo(bytes("x"), receiver.localAddress()));
                    var sender = soon(receiver.recvFrom(dst.clear()));
                    assertEquals(first.localAddress(), sender);
                    if (last != null) {
                        assertSame(last, sender);
                    }
                    last = sender;
                    soon(receiver.sendTo(bytes("answer"), sender));
                    assertEquals(receiver.localAddress(), soon(first.recvFrom(dst.clear())));
                }
                soon(second.sendTo(bytes("x"), receiver.localAddress()));
                var other = soon(receiver.recvFrom(dst.clear()));
                assertEquals(second.localAddress(), other);
                assertNotSame(last, other);
                soon(receiver.sendTo(bytes("answer"), first.localAddress()));
                assertEquals(receiver.localAddress(), soon(first.recvFrom(dst.clear())));
                soon(receiver.sendTo(bytes("answer"), other));
                assertEquals(receiver.localAddress(), soon(second.recvFrom(dst.clear())));
            }
        });
    }

    /** A socket that is always ready lets other tasks run now and then. */
    @Test
    void datagramsCountAgainstTheBudget() throws Exception {
        InRuntime.currentThread(() -> {
            try (var sender = bound(); var receiver = bound()) {
                soon(sender.connect(receiver.localAddress()));
                soon(receiver.connect(sender.localAddress()));
                var turns = new AtomicInteger();
                var task = Edo.spawn(() -> {
                    for (;;) {
                        turns.incrementAndGet();
                        Edo.yieldNow().await();
                    }
                });
                Edo.spawn(() -> {
                    var dst = ByteBuffer.allocate(16);
                    for (int i = 0; i < 1024; i++) {
                        sender.send(bytes("Hello, world")).await();
                        assertEquals(12, receiver.recv(dst.clear()).await());
                    }
                }).await();
                assertTrue(turns.get() >= 2 * 1024 / 128, "turns of the other task: " + turns);
                task.abort();
            }
        });
    }

    @Test
    void targetMustBeResolved() throws Exception {
        InRuntime.currentThread(() -> {
            try (var socket = bound()) {
                var name = InetSocketAddress.createUnresolved("localhost", 7000);
                var waker = new CountingWaker();
                for (var call : new Executable[] {
                    () -> socket.sendTo(bytes("x"), name),
                    () -> socket.trySendTo(bytes("x"), name),
                    () -> socket.pollSendTo(waker.cx, bytes("x"), name)}) {
                    var thrown = assertThrows(IllegalArgumentException.class, call);
                    assertTrue(thrown.getMessage().contains("Lookup.host"), thrown.getMessage());
                }
            }
        });
    }

    /** A socket of IPv4 cannot send to an address of IPv6; it says so and goes on. */
    @Test
    void ipv4SocketRefusesTargetsOfIpv6() throws Exception {
        InRuntime.currentThread(() -> {
            try (var socket = bound(); var receiver = bound()) {
                var v6 = new InetSocketAddress(InetAddress.ofLiteral("::1"), 7000);
                var thrown = assertThrows(IOException.class, () -> soon(socket.sendTo(bytes("x"), v6)));
                assertTrue(thrown.getMessage().contains("7000"), thrown.getMessage());
                soon(socket.sendTo(bytes("x"), receiver.localAddress()));
                assertEquals(1, soon(receiver.recv(ByteBuffer.allocate(8))));
                assertNull(socket.takeError());
            }
        });
    }
}
