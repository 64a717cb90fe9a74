package dev.edo.impl.cancel;

import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.impl.libc.Errno;
import dev.edo.io.Interest;
import dev.edo.net.UnixDatagram;
import dev.edo.net.UnixDatagramPair;
import dev.edo.net.UnixSocketAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Datagrams over Unix domain sockets: whoever asks next gets them, none is sent by who gave up, and all slots are free.
 */
final class UnixDatagramCatalogue extends Catalogue {
    private static final String MESSAGE = "mine";
    private static final String OTHER = "others'";

    private final RuntimeWorld world;

    UnixDatagramCatalogue(RuntimeWorld world) {
        this.world = world;
        receives();
        sends();
        namedSends();
        rooms();
    }

    private static ByteBuffer message(String text) {
        return StandardCharsets.UTF_8.encode(text);
    }

    private static String text(ByteBuffer received) {
        return StandardCharsets.UTF_8.decode(received.flip()).toString();
    }

    /** Both are ready for sending, as the driver has told. */
    private UnixDatagramPair pair() throws Exception {
        var pair = world.inWorking(UnixDatagram::pair);
        soon("room", pair.first().writable());
        soon("room", pair.second().writable());
        return pair;
    }

    private void close(UnixDatagramPair pair) throws Exception {
        pair.close();
        world.expectNoSlotsInUse();
    }

    // ---- receiving ----

    /** Waits for a datagram. */
    @FunctionalInterface
    private interface Wait {
        Future<?> of(UnixDatagram socket, ByteBuffer dst) throws Exception;
    }

    private void receives() {
        receiving("UnixDatagram.recv(ByteBuffer)", true, UnixDatagram::recv);
        receiving("UnixDatagram.recvFrom(ByteBuffer)", true, UnixDatagram::recvFrom);
        receiving("UnixDatagram.pollRecv(Context, ByteBuffer)", true,
                (socket, dst) -> Polled.of((Polled.Count) cx -> socket.pollRecv(cx, dst), socket::cancelRecv));
        receiving("UnixDatagram.pollRecvFrom(Context, ByteBuffer)", true, (socket, dst) -> Polled.of(cx -> {
            var sender = socket.pollRecvFrom(cx, dst);
            return sender == null ? Poll.<UnixSocketAddress>pending() : Poll.ready(sender);
        }, socket::cancelRecv));
        receiving("UnixDatagram.asyncIo(Interest, IoOperation)", true, (socket, dst) -> socket.asyncIo(
                Interest.READABLE, () -> socket.tryRecvFrom(dst)));
        receiving("UnixDatagram.readable()", false, (socket, dst) -> socket.readable());
        receiving("UnixDatagram.ready(Interest)", false, (socket, dst) -> socket.ready(Interest.READABLE));
        receiving("UnixDatagram.pollRecvReady(Context)", false,
                (socket, dst) -> Polled.of((Polled.Done) socket::pollRecvReady, socket::cancelRecv));
    }

    private void receiving(String method, boolean takes, Wait wait) {
        add(method, () -> {
            var pair = pair();
            var dst = ByteBuffer.allocateDirect(16);
            return Scenario.of(wait.of(pair.first(), dst))
                    .wokenBy(() -> now("room", pair.second().send(message(MESSAGE))))
                    .losesNothing(outcome -> {
                        if (outcome.provoked() == 0) {
                            now("room", pair.second().send(message(MESSAGE))); // who was given up is not woken for it
                        }
                        var taken = takes && outcome.completed() ? dst : ByteBuffer.allocateDirect(16);
                        if (taken != dst) {
                            soon("the datagram", pair.first().recv(taken));
                        }
                        expect("datagram", MESSAGE, text(taken));
                        notNow("another datagram", pair.first().recv(ByteBuffer.allocateDirect(16)));
                    })
                    .finallyDo(() -> close(pair));
        });
    }

    // ---- sending ----

    /** Sends a datagram. */
    @FunctionalInterface
    private interface Send {
        Future<Integer> of(UnixDatagram socket, ByteBuffer src);
    }

    private static void fill(UnixDatagram socket) throws IOException {
        while (Errno.LINUX && socket.trySend(message(OTHER)) != UnixDatagram.WOULD_BLOCK) {
            // on to the next one
        }
    }

    /** Receives what is there; {@return how many datagrams are the one whose sender waited} */
    private static int drain(UnixDatagram socket) throws Exception {
        int mine = 0;
        var dst = ByteBuffer.allocateDirect(16);
        soon("a datagram", socket.readable());
        while (socket.tryRecv(dst.clear()) != UnixDatagram.WOULD_BLOCK) {
            mine += text(dst).equals(MESSAGE) ? 1 : 0;
        }
        return mine;
    }

    private void sends() {
        sending("UnixDatagram.send(ByteBuffer)", UnixDatagram::send);
        sending("UnixDatagram.pollSend(Context, ByteBuffer)", (socket, src) -> Polled.of(
                (Polled.Count) cx -> socket.pollSend(cx, src), socket::cancelSend));
    }

    /** The sender's own buffer is full. Where the system refuses instead of waiting, nothing waits. */
    private void sending(String method, Send send) {
        add(method, () -> {
            var pair = pair();
            fill(pair.first());
            var mine = new int[1];
            var scenario = Scenario.of(send.of(pair.first(), message(MESSAGE)));
            return (Errno.LINUX ? scenario.wokenBy(() -> mine[0] += drain(pair.second())) : scenario)
                    .losesNothing(outcome -> {
                        if (outcome.provoked() == 0 && Errno.LINUX) {
                            mine[0] += drain(pair.second());
                        }
                        soon("room", pair.first().send(message(OTHER)));
                        mine[0] += drain(pair.second());
                        expect("sent", outcome.one(), mine[0]);
                    })
                    .finallyDo(() -> close(pair));
        });
    }

    /** Sends a datagram to an address. */
    @FunctionalInterface
    private interface SendTo {
        Future<Integer> of(UnixDatagram socket, ByteBuffer src, UnixSocketAddress target);
    }

    /**
     * A receiver that another sender has filled.
     *
     * @param dir what to delete in the end
     */
    private record Crowd(Path dir, UnixDatagram receiver, UnixDatagram other, UnixDatagram sender) {
        UnixSocketAddress address() throws IOException {
            return receiver.localAddress();
        }

        void close() throws IOException {
            receiver.close();
            other.close();
            sender.close();
            Files.delete(dir.resolve("receiver"));
            Files.delete(dir);
        }
    }

    private Crowd crowd() throws Exception {
        var dir = Files.createTempDirectory("edo");
        var crowd = world.inWorking(() -> new Crowd(dir, UnixDatagram.bind(dir.resolve("receiver")),
                UnixDatagram.unbound(), UnixDatagram.unbound()));
        soon("room", crowd.other().writable());
        soon("room", crowd.sender().writable());
        while (Errno.LINUX
                && crowd.other().trySendTo(message(OTHER), crowd.address()) != UnixDatagram.WOULD_BLOCK) {
            // on to the next one
        }
        return crowd;
    }

    private void namedSends() {
        sendingTo("UnixDatagram.sendTo(ByteBuffer, UnixSocketAddress)", UnixDatagram::sendTo);
        sendingTo("UnixDatagram.pollSendTo(Context, ByteBuffer, UnixSocketAddress)",
                (socket, src, target) -> Polled.of(
                        (Polled.Count) cx -> socket.pollSendTo(cx, src, target), socket::cancelSend));
    }

    private void sendingTo(String method, SendTo send) {
        add(method, () -> {
            var crowd = crowd();
            var mine = new int[1];
            var scenario = Scenario.of(send.of(crowd.sender(), message(MESSAGE), crowd.address()));
            return (Errno.LINUX ? scenario.wokenBy(() -> mine[0] += drain(crowd.receiver())) : scenario)
                    .losesNothing(outcome -> {
                        if (outcome.provoked() == 0 && Errno.LINUX) {
                            mine[0] += drain(crowd.receiver());
                        }
                        soon("room", crowd.other().sendTo(message(OTHER), crowd.address()));
                        mine[0] += drain(crowd.receiver());
                        expect("sent", outcome.one(), mine[0]);
                    })
                    .finallyDo(() -> {
                        crowd.close();
                        world.expectNoSlotsInUse();
                    });
        });
    }

    // ---- room ----

    /** Waits for room. */
    @FunctionalInterface
    private interface Room {
        Future<?> of(UnixDatagram socket) throws Exception;
    }

    private void rooms() {
        room("UnixDatagram.writable()", UnixDatagram::writable);
        room("UnixDatagram.ready(Interest): for writing", socket -> socket.ready(Interest.WRITABLE));
        room("UnixDatagram.pollSendReady(Context)",
                socket -> Polled.of((Polled.Done) socket::pollSendReady, socket::cancelSend));
    }

    /** A new socket has room, which the driver has to find out first. */
    private void room(String method, Room room) {
        add(method, () -> {
            var socket = world.inWorking(UnixDatagram::unbound);
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
}
