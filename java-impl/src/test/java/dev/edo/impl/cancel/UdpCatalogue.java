package dev.edo.impl.cancel;

import dev.edo.codec.LinesCodec;
import dev.edo.codec.UdpFrame;
import dev.edo.codec.UdpFramed;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.io.Interest;
import dev.edo.net.UdpSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * UDP: a datagram is there for whoever asks next, or was received by the one who was given up; one to be sent was sent
 * once or not at all. Loopback always has room, so sending never waits.
 */
final class UdpCatalogue extends Catalogue {
    private static final String MESSAGE = "abc\n";

    private final RuntimeWorld world;

    UdpCatalogue(RuntimeWorld world) {
        this.world = world;
        binds();
        connects();
        receives();
        looks();
        sends();
        frames();
    }

    /** A socket of the runtime, and another one that its datagrams come from and go to. */
    private record Pair(UdpSocket socket, UdpSocket peer) {
        void send() throws Exception {
            expect("sent", MESSAGE.length(), now("room", peer.sendTo(message(), socket.localAddress())));
        }

        void expectReceived(int datagrams) throws Exception {
            var dst = ByteBuffer.allocateDirect(16);
            for (int i = 0; i < datagrams; i++) {
                expect("sender", socket.localAddress(), soon("the datagram", peer.recvFrom(dst.clear())));
                expect("datagram", MESSAGE, text(dst));
            }
            expect("another datagram", UdpSocket.WOULD_BLOCK, peer.tryRecv(dst.clear()));
        }
    }

    private static ByteBuffer message() {
        return StandardCharsets.UTF_8.encode(MESSAGE);
    }

    private static String text(ByteBuffer received) {
        return StandardCharsets.UTF_8.decode(received.flip()).toString();
    }

    private UdpSocket bound() throws Exception {
        return world.inWorking(() -> UdpSocket.bind("127.0.0.1:0").await());
    }

    /** Both are ready for sending, as the driver has told. */
    private Pair pair() throws Exception {
        var pair = new Pair(bound(), bound());
        soon("room", pair.socket().writable());
        soon("room", pair.peer().writable());
        return pair;
    }

    private void close(Pair pair) throws Exception {
        pair.socket().close();
        pair.peer().close();
        world.expectNoSlotsInUse();
    }

    // ---- addresses ----

    private void binds() {
        var address = new InetSocketAddress("127.0.0.1", 0);
        bind("UdpSocket.bind(String)", false, () -> UdpSocket.bind("127.0.0.1:0"));
        bind("UdpSocket.bind(String): by name", true, () -> UdpSocket.bind("localhost:0"));
        bind("UdpSocket.bind(InetSocketAddress)", false, () -> UdpSocket.bind(address));
        bind("UdpSocket.bind(List)", false, () -> UdpSocket.bind(List.of(address)));
    }

    /** Only the look-up of a name waits. */
    private void bind(String method, boolean waits, Callable<Future<UdpSocket>> bind) {
        add(method, () -> {
            var scenario = Scenario.of(world.polledInWorking(bind.call()))
                    .wakesByItself()
                    .mayEndByItself()
                    .losesNothing(outcome -> {
                        expect("bound", outcome.completed(), outcome.value() instanceof UdpSocket);
                        outcome.closeValue();
                    })
                    .finallyDo(world::expectNoSlotsInUse);
            return waits ? scenario.wokenBy(() -> {}) : scenario;
        });
    }

    /** Connects a socket. */
    @FunctionalInterface
    private interface Connect {
        Future<@Nullable Void> to(UdpSocket socket, InetSocketAddress address) throws Exception;
    }

    private void connects() {
        connect("UdpSocket.connect(String)", false, (s, to) -> s.connect("127.0.0.1:" + to.getPort()));
        connect("UdpSocket.connect(String): by name", true, (s, to) -> s.connect("localhost:" + to.getPort()));
        connect("UdpSocket.connect(InetSocketAddress)", false, (s, to) -> s.connect(to));
        connect("UdpSocket.connect(List)", false, (s, to) -> s.connect(List.of(to)));
    }

    private void connect(String method, boolean waits, Connect connect) {
        add(method, () -> {
            var pair = pair();
            var future = connect.to(pair.socket(), pair.peer().localAddress());
            var scenario = Scenario.of(world.polledInWorking(future))
                    .wakesByItself()
                    .mayEndByItself()
                    .losesNothing(outcome -> {
                        if (!outcome.completed()) {
                            now("the address", pair.socket().connect(pair.peer().localAddress()));
                        }
                        expect("connected to", pair.peer().localAddress(), pair.socket().peerAddress());
                        now("room", pair.socket().send(message()));
                        pair.expectReceived(1);
                    })
                    .finallyDo(() -> close(pair));
            return waits ? scenario.wokenBy(() -> {}) : scenario;
        });
    }

    // ---- receiving ----

    /** Waits for a datagram. */
    @FunctionalInterface
    private interface Wait {
        Future<?> of(UdpSocket socket, ByteBuffer dst) throws Exception;
    }

    /** A poll that gives the sender, or null. */
    @FunctionalInterface
    private interface PollForSender {
        @Nullable InetSocketAddress poll(Context cx) throws Exception;
    }

    private static Future<InetSocketAddress> polled(UdpSocket socket, PollForSender poll) {
        return Polled.of(cx -> {
            var sender = poll.poll(cx);
            return sender == null ? Poll.pending() : Poll.ready(sender);
        }, socket::cancelRecv);
    }

    private static Future<?> counted(UdpSocket socket, Polled.Count count) {
        return Polled.of(count, socket::cancelRecv);
    }

    private void receives() {
        receiving("UdpSocket.recv(ByteBuffer)", true, UdpSocket::recv);
        receiving("UdpSocket.recvFrom(ByteBuffer)", true, UdpSocket::recvFrom);
        receiving("UdpSocket.pollRecv(Context, ByteBuffer)", true,
                (socket, dst) -> counted(socket, cx -> socket.pollRecv(cx, dst)));
        receiving("UdpSocket.pollRecvFrom(Context, ByteBuffer)", true,
                (socket, dst) -> polled(socket, cx -> socket.pollRecvFrom(cx, dst)));
        receiving("UdpSocket.asyncIo(Interest, IoOperation)", true, (socket, dst) -> socket.asyncIo(
                Interest.READABLE, () -> socket.tryRecvFrom(dst)));
    }

    /** What only looks takes nothing. */
    private void looks() {
        receiving("UdpSocket.peek(ByteBuffer)", false, UdpSocket::peek);
        receiving("UdpSocket.peekFrom(ByteBuffer)", false, UdpSocket::peekFrom);
        receiving("UdpSocket.peekSender()", false, (socket, dst) -> socket.peekSender());
        receiving("UdpSocket.pollPeek(Context, ByteBuffer)", false,
                (socket, dst) -> counted(socket, cx -> socket.pollPeek(cx, dst)));
        receiving("UdpSocket.pollPeekFrom(Context, ByteBuffer)", false,
                (socket, dst) -> polled(socket, cx -> socket.pollPeekFrom(cx, dst)));
        receiving("UdpSocket.pollPeekSender(Context)", false,
                (socket, dst) -> polled(socket, socket::pollPeekSender));
        receiving("UdpSocket.readable()", false, (socket, dst) -> socket.readable());
        receiving("UdpSocket.ready(Interest)", false, (socket, dst) -> socket.ready(Interest.READABLE));
        receiving("UdpSocket.pollRecvReady(Context)", false, (socket, dst) -> Polled.of(
                (Polled.Done) socket::pollRecvReady, socket::cancelRecv));
    }

    private void receiving(String method, boolean takes, Wait wait) {
        add(method, () -> {
            var pair = pair();
            var dst = ByteBuffer.allocateDirect(16);
            return Scenario.of(wait.of(pair.socket(), dst))
                    .wokenBy(pair::send)
                    .losesNothing(outcome -> {
                        if (outcome.provoked() == 0) {
                            pair.send(); // who was given up is not woken for it
                        }
                        var taken = takes && outcome.completed() ? dst : ByteBuffer.allocateDirect(16);
                        if (taken != dst) {
                            soon("the datagram", pair.socket().recv(taken));
                        }
                        expect("datagram", MESSAGE, text(taken));
                        notNow("another datagram", pair.socket().recv(ByteBuffer.allocateDirect(16)));
                    })
                    .finallyDo(() -> close(pair));
        });
    }

    // ---- sending ----

    private void sends() {
        sending("UdpSocket.send(ByteBuffer)", pair -> {
            now("the address", pair.socket().connect(pair.peer().localAddress()));
            return pair.socket().send(message());
        });
        sending("UdpSocket.sendTo(ByteBuffer, InetSocketAddress)",
                pair -> pair.socket().sendTo(message(), pair.peer().localAddress()));
        sending("UdpSocket.pollSend(Context, ByteBuffer)", pair -> {
            now("the address", pair.socket().connect(pair.peer().localAddress()));
            var message = message();
            return Polled.of((Polled.Count) cx -> pair.socket().pollSend(cx, message), pair.socket()::cancelSend);
        });
        sending("UdpSocket.pollSendTo(Context, ByteBuffer, InetSocketAddress)", pair -> {
            var message = message();
            var to = pair.peer().localAddress();
            return Polled.of(
                    (Polled.Count) cx -> pair.socket().pollSendTo(cx, message, to), pair.socket()::cancelSend);
        });
        room("UdpSocket.writable()", UdpSocket::writable);
        room("UdpSocket.ready(Interest): for writing", socket -> socket.ready(Interest.WRITABLE));
        room("UdpSocket.pollSendReady(Context)",
                socket -> Polled.of((Polled.Done) socket::pollSendReady, socket::cancelSend));
    }

    /** Makes a future of a pair. */
    @FunctionalInterface
    private interface Send {
        Future<?> by(Pair pair) throws Exception;
    }

    private void sending(String method, Send send) {
        add(method, () -> {
            var pair = pair();
            return Scenario.of(send.by(pair))
                    .losesNothing(outcome -> pair.expectReceived(outcome.one()))
                    .finallyDo(() -> close(pair));
        });
    }

    /** Waits for room. */
    @FunctionalInterface
    private interface Room {
        Future<?> of(UdpSocket socket) throws Exception;
    }

    /** A new socket has room, which the driver has to find out first. */
    private void room(String method, Room room) {
        add(method, () -> {
            var socket = bound();
            return Scenario.of(room.of(socket))
                    .wakesByItself()
                    .mayEndByItself()
                    .wokenBy(() -> {})
                    .losesNothing(outcome -> soon("room", socket.writable()))
                    .finallyDo(() -> {
                        socket.close();
                        world.expectNoSlotsInUse();
                    });
        });
    }

    // ---- frames ----

    private void frames() {
        frame("UdpFramed.next()", UdpFramed::next, false);
        frame("UdpFramed.pollNext(Context)", Polled::ending, true);
        sink("UdpFramed.pollReady(Context)", (framed, to) -> {
            now("the frame", framed.feed(new UdpFrame<>("abc", to)));
            return Polled.of((Polled.Done) framed::pollReady, framed::cancelSend);
        });
        sink("UdpFramed.pollFlush(Context)", (framed, to) -> {
            now("the frame", framed.feed(new UdpFrame<>("abc", to)));
            return Polled.of((Polled.Done) framed::pollFlush, framed::cancelSend);
        });
        sink("UdpFramed.pollClose(Context)", (framed, to) -> {
            now("the frame", framed.feed(new UdpFrame<>("abc", to)));
            return Polled.of((Polled.Done) framed::pollClose, framed::cancelSend);
        });
    }

    /** Makes a future of frames that come in. */
    @FunctionalInterface
    private interface Next {
        Future<@Nullable UdpFrame<String>> of(UdpFramed<String, String> framed) throws Exception;
    }

    /** The datagram holds two frames; what a wait that was given up has not taken comes to the next one. */
    private void frame(String method, Next next, boolean endsFrames) {
        add(method, () -> {
            var pair = pair();
            var framed = new UdpFramed<>(pair.socket(), new LinesCodec());
            var two = StandardCharsets.UTF_8.encode("1\n2\n");
            return Scenario.of(next.of(framed))
                    .wokenBy(() -> now("room", pair.peer().sendTo(two, pair.socket().localAddress())))
                    .losesNothing(outcome -> {
                        if (outcome.completed()) {
                            expect("frame", new UdpFrame<>("1", pair.peer().localAddress()), outcome.value());
                            return;
                        }
                        if (outcome.provoked() == 0) {
                            now("room", pair.peer().sendTo(two, pair.socket().localAddress()));
                        }
                        var others = endsFrames ? new UdpFramed<>(pair.socket(), new LinesCodec()) : framed;
                        for (var line : new String[] {"1", "2"}) {
                            expect("frame", new UdpFrame<>(line, pair.peer().localAddress()),
                                    soon("the frame", others.next()));
                        }
                    })
                    .finallyDo(() -> close(pair));
        });
    }

    /** Makes a future of frames that go out. */
    @FunctionalInterface
    private interface Drained {
        Future<?> of(UdpFramed<String, String> framed, InetSocketAddress to) throws Exception;
    }

    /** The frame goes with the next flush where this one was given up. */
    private void sink(String method, Drained drained) {
        add(method, () -> {
            var pair = pair();
            var framed = new UdpFramed<>(pair.socket(), new LinesCodec());
            return Scenario.of(drained.of(framed, pair.peer().localAddress()))
                    .losesNothing(outcome -> {
                        now("room", framed.flush());
                        pair.expectReceived(1);
                    })
                    .finallyDo(() -> close(pair));
        });
    }
}
