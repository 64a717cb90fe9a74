package dev.edo.impl.net;

import static dev.edo.impl.io.InSetup.soon;
import static dev.edo.impl.net.InRuntime.bytes;
import static dev.edo.impl.net.InRuntime.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Setup;
import dev.edo.impl.io.InSetup;
import dev.edo.io.IoResult;
import dev.edo.net.UdpSocket;
import dev.edo.sync.Mpsc;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Datagrams come where they were sent, in every style and every runtime. */
class UdpSocketTest {
    private static UdpSocket bound() throws Exception {
        return soon(UdpSocket.bind("127.0.0.1:0"));
    }

    /** A datagram with its sender. */
    private record Received(String text, InetSocketAddress sender) {}

    @ParameterizedTest
    @EnumSource(Setup.class)
    void connectedSocketsSendAndReceive(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            try (var sender = bound(); var receiver = bound()) {
                soon(sender.connect(receiver.localAddress()));
                soon(receiver.connect(sender.localAddress()));
                assertEquals(receiver.localAddress(), sender.peerAddress());
                assertEquals(5, soon(sender.send(bytes("hello"))));
                var dst = ByteBuffer.allocate(32);
                assertEquals(5, soon(receiver.recv(dst)));
                assertEquals("hello", text(dst));
            }
        });
    }

    /** The receiver waits before there is anything, so it has to be woken. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void receiverThatWaitsIsWokenAndToldTheSender(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            try (var sender = bound(); var receiver = bound()) {
                var polled = Mpsc.<Boolean>unbounded();
                var dst = ByteBuffer.allocateDirect(32);
                var receive = receiver.recvFrom(dst);
                var task = Edo.spawn(Future.of(cx -> {
                    var poll = receive.poll(cx);
                    polled.sender().send(poll.isReady());
                    return poll;
                }));
                assertFalse(soon(polled.receiver().recv()), "nothing was sent");
                assertEquals(5, soon(sender.sendTo(bytes("hello"), receiver.localAddress())));
                assertEquals(sender.localAddress(), soon(task));
                assertEquals("hello", text(dst));
            }
        });
    }

    /** One object, used by a task that sends and one that receives. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void socketServesTasksThatSendAndReceiveAtOnce(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            try (var socket = bound(); var client = bound()) {
                var address = socket.localAddress();
                var channel = Mpsc.<Received>bounded(10);
                var sending = Edo.spawn(() -> {
                    try (var answers = channel.receiver()) {
                        for (var answer = answers.recv().await(); answer != null; answer = answers.recv().await()) {
                            socket.sendTo(bytes(answer.text()), answer.sender()).await();
                        }
                    }
                });
                var receiving = Edo.spawn(() -> {
                    try (var answers = channel.sender()) {
                        var dst = ByteBuffer.allocate(32);
                        for (int i = 0; i < 100; i++) {
                            var from = socket.recvFrom(dst.clear()).await();
                            answers.send(new Received(text(dst), from)).await();
                        }
                    }
                });
                var dst = ByteBuffer.allocate(32);
                for (int i = 0; i < 100; i++) {
                    soon(client.sendTo(bytes("message " + i), address));
                    assertEquals(address, soon(client.recvFrom(dst.clear())));
                    assertEquals("message " + i, text(dst));
                }
                soon(receiving);
                soon(sending);
            }
        });
    }

    /** The same with polls, by one stackless task for each direction. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void pollsServeStacklessTasks(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            try (var server = bound(); var client = bound()) {
                soon(client.connect(server.localAddress()));
                var dst = ByteBuffer.allocateDirect(32);
                var echo = Edo.spawn(new EchoOnce(server, 100));
                for (int i = 0; i < 100; i++) {
                    var question = bytes("message " + i);
                    int length = question.remaining();
                    assertEquals(length, soon(counting(cx -> client.pollSend(cx, question))));
                    dst.clear();
                    assertEquals(length, soon(counting(cx -> client.pollRecv(cx, dst))));
                    assertEquals("message " + i, text(dst));
                }
                soon(echo);
            }
        });
    }

    /** A poll that tells how many bytes. */
    @FunctionalInterface
    private interface Count {
        int count(Context cx) throws Exception;
    }

    private static Future<Integer> counting(Count count) {
        return Future.of(cx -> {
            int n = count.count(cx);
            return n == IoResult.PENDING ? Poll.pending() : Poll.ready(n);
        });
    }

    /** Sends so many datagrams back. */
    private static final class EchoOnce implements Future<@Nullable Void> {
        private final UdpSocket socket;
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(32);
        private @Nullable InetSocketAddress sender;
        private int left;

        EchoOnce(UdpSocket socket, int datagrams) {
            this.socket = socket;
            this.left = datagrams;
        }

        @Override
        public Poll<@Nullable Void> poll(Context cx) throws Exception {
            while (left > 0) {
                var from = sender;
                if (from == null) {
                    from = socket.pollRecvFrom(cx, buffer.clear());
                    if (from == null) {
                        return Poll.pending();
                    }
                    buffer.flip();
                    sender = from;
                }
                if (socket.pollSendTo(cx, buffer, from) == IoResult.PENDING) {
                    return Poll.pending();
                }
                sender = null;
                left--;
            }
            return Poll.ready();
        }
    }

    /** Several tasks wait in one socket: each datagram goes to one of them, and none of them is forgotten. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void eachDatagramGoesToOneOfThoseWhoWait(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            try (var receiver = bound(); var sender = bound()) {
                var waiting = new ArrayList<Future<String>>();
                for (int i = 0; i < 10; i++) {
                    waiting.add(Edo.spawn(() -> {
                        var dst = ByteBuffer.allocate(32);
                        receiver.recv(dst).await();
                        return text(dst);
                    }));
                }
                var sent = new HashSet<String>();
                for (int i = 0; i < 10; i++) {
                    sent.add("message " + i);
                    soon(sender.sendTo(bytes("message " + i), receiver.localAddress()));
                }
                var received = new HashSet<String>();
                for (var task : waiting) {
                    received.add(soon(task));
                }
                assertEquals(sent, received);
            }
        });
    }

    /** Threads outside of the runtime wait for its sockets, too. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void plainThreadsSendAndReceive(Setup setup) throws Exception {
        try (var running = setup.start();
                var receiver = Eventually.returns(
                        "bind", () -> running.handle().blockOn(UdpSocket.bind("127.0.0.1:0")));
                var sender = Eventually.returns(
                        "bind", () -> running.handle().blockOn(UdpSocket.bind("127.0.0.1:0")))) {
            var dst = ByteBuffer.allocate(32);
            Eventually.returns("sent", () -> sender.sendTo(bytes("hello"), receiver.localAddress()).await());
            assertEquals(sender.localAddress(), Eventually.returns("received", () -> receiver.recvFrom(dst).await()));
            assertEquals("hello", text(dst));
        }
    }

    /** Nobody closed it, and nobody can any more: its port is free again when the garbage collector has found out. */
    @Test
    void socketThatNobodyCanReachIsClosed() throws Exception {
        InRuntime.multiThread(() -> {
            var address = addressOfALostSocket();
            Eventually.until("the port of a lost socket is free", () -> {
                System.gc();
                try {
                    soon(UdpSocket.bind(address)).close();
                    return true;
                } catch (BindException e) {
                    return false;
                }
            });
        });
    }

    private static InetSocketAddress addressOfALostSocket() throws Exception {
        var lost = bound();
        var address = lost.localAddress();
        assertThrows(BindException.class, () -> soon(UdpSocket.bind(address)));
        return address;
    }

    /** Text with a number or a name, resolved and unresolved addresses: each binds, and each connects. */
    @Test
    void addressesMayBeGivenInManyWays() throws Exception {
        InRuntime.currentThread(() -> {
            List<Function<Integer, IoFuture<UdpSocket>>> binds = List.of(
                    port -> UdpSocket.bind("127.0.0.1:" + port),
                    port -> UdpSocket.bind("localhost:" + port),
                    port -> UdpSocket.bind(new InetSocketAddress("127.0.0.1", port)),
                    port -> UdpSocket.bind(List.of(InetSocketAddress.createUnresolved("localhost", port))));
            List<BiFunction<UdpSocket, Integer, IoFuture<@Nullable Void>>> connects = List.of(
                    (socket, port) -> socket.connect("127.0.0.1:" + port),
                    (socket, port) -> socket.connect("localhost:" + port),
                    (socket, port) -> socket.connect(new InetSocketAddress("127.0.0.1", port)),
                    (socket, port) -> socket.connect(
                            List.of(InetSocketAddress.createUnresolved("localhost", port))));
            for (var bind : binds) {
                try (var socket = soon(bind.apply(0)); var receiver = bound()) {
                    assertTrue(socket.localAddress().getAddress().isLoopbackAddress());
                    for (var connect : connects) {
                        soon(connect.apply(socket, receiver.localAddress().getPort()));
                        assertEquals(receiver.localAddress().getPort(), socket.peerAddress().getPort());
                        soon(socket.send(bytes("hello")));
                        var dst = ByteBuffer.allocate(32);
                        soon(receiver.recv(dst));
                        assertEquals("hello", text(dst));
                    }
                }
            }
        });
    }

    @Test
    void bindTakesTheFirstAddressThatIsFree() throws Exception {
        InRuntime.currentThread(() -> {
            try (var taken = bound();
                    var socket = soon(UdpSocket.bind(List.of(
                            taken.localAddress(), new InetSocketAddress("127.0.0.1", 0))))) {
                assertFalse(taken.localAddress().equals(socket.localAddress()));
            }
        });
    }

    /** What others send to a socket that is connected does not get there. */
    @Test
    void connectedSocketTakesDatagramsOfItsPeerOnly() throws Exception {
        InRuntime.currentThread(() -> {
            try (var socket = bound(); var peer = bound(); var other = bound()) {
                soon(socket.connect(peer.localAddress()));
                soon(other.sendTo(bytes("other"), socket.localAddress()));
                soon(peer.sendTo(bytes("peer"), socket.localAddress()));
                var dst = ByteBuffer.allocate(32);
                assertEquals(peer.localAddress(), soon(socket.recvFrom(dst)));
                assertEquals("peer", text(dst));
                soon(socket.connect(other.localAddress()));
                assertEquals(other.localAddress(), socket.peerAddress());
                soon(socket.sendTo(bytes("not to the one it is connected to"), peer.localAddress()));
                var whole = ByteBuffer.allocate(64);
                soon(peer.recv(whole));
                assertEquals("not to the one it is connected to", text(whole));
            }
        });
    }

    /** A socket of IPv6 on the wildcard address talks to both, and calls IPv4 addresses by their names. */
    @Test
    void ipv6SocketTalksToBothProtocols() throws Exception {
        InRuntime.currentThread(() -> {
            try (var both = soon(UdpSocket.bind("[::]:0"));
                    var v4 = bound();
                    var v6 = soon(UdpSocket.bind("[::1]:0"))) {
                int port = both.localAddress().getPort();
                var dst = ByteBuffer.allocate(32);
                for (var peer : List.of(v4, v6)) {
                    var host = peer.localAddress().getAddress();
                    soon(peer.sendTo(bytes("question"), new InetSocketAddress(host, port)));
                    assertEquals(peer.localAddress(), soon(both.recvFrom(dst.clear())));
                    soon(both.sendTo(bytes("answer"), peer.localAddress()));
                    assertEquals(new InetSocketAddress(host, port), soon(peer.recvFrom(dst.clear())));
                    assertEquals("answer", text(dst));
                    // An address of the same value that was not received.
                    var given = new InetSocketAddress(
                            InetAddress.getByAddress(host.getAddress()), peer.localAddress().getPort());
                    soon(both.sendTo(bytes("more"), given));
                    soon(peer.recv(dst.clear()));
                    assertEquals("more", text(dst));
                }
            }
        });
    }
}
