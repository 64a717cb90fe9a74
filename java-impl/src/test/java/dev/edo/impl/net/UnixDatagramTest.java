package dev.edo.impl.net;

import static dev.edo.impl.net.InRuntime.bytes;
import static dev.edo.impl.net.InRuntime.soon;
import static dev.edo.impl.net.InRuntime.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.impl.contract.Setup;
import dev.edo.impl.libc.Errno;
import dev.edo.io.Interest;
import dev.edo.io.IoResult;
import dev.edo.net.UnixDatagram;
import dev.edo.net.UnixSocketAddress;
import dev.edo.runtime.RuntimeShutdownException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnixDatagramTest {
    /** Longer than a scratch, where the system takes that. */
    private static final int LONG = Errno.LINUX ? 70_000 : 2_000;

    @TempDir
    private Path dir = Path.of("");

    private UnixSocketAddress address(String name) {
        return UnixSocketAddress.of(dir.resolve(name));
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void serverAnswersWhoIsBound(Setup setup) throws Exception {
        UnixPlace.in(setup, () -> {
            try (var server = UnixDatagram.bind(dir.resolve("server"));
                    var client = UnixDatagram.bind(dir.resolve("client"))) {
                var echo = Edo.spawn(() -> {
                    var buffer = ByteBuffer.allocateDirect(64);
                    for (int i = 0; i < 200; i++) {
                        var sender = server.recvFrom(buffer.clear()).await();
                        server.sendTo(buffer.flip(), sender).await();
                    }
                });
                client.connect(dir.resolve("server"));
                assertEquals(address("server"), client.peerAddress());
                assertEquals(address("client"), client.localAddress());
                var buffer = ByteBuffer.allocateDirect(64);
                for (int i = 0; i < 200; i++) {
                    assertEquals(4, soon(client.send(buffer.clear().putInt(i).flip())));
                    buffer.clear();
                    if (i % 2 == 0) {
                        assertEquals(4, soon(client.recv(buffer)));
                    } else {
                        assertEquals(address("server"), soon(client.recvFrom(buffer)));
                    }
                    assertEquals(4, buffer.position());
                    assertEquals(i, buffer.getInt(0));
                }
                soon(echo);
            }
        });
    }

    @Test
    void whoIsNotBoundHasNoName() throws Exception {
        InRuntime.currentThread(() -> {
            try (var receiver = UnixDatagram.bind(address("receiver")); var sender = UnixDatagram.unbound()) {
                assertTrue(sender.localAddress().isUnnamed());
                assertThrows(IOException.class, sender::peerAddress);
                assertEquals(5, soon(sender.sendTo(bytes("hello"), address("receiver"))));
                var buffer = ByteBuffer.allocate(10);
                var from = soon(receiver.recvFrom(buffer));
                assertTrue(from.isUnnamed());
                assertEquals("hello", text(buffer));
                assertThrows(IllegalArgumentException.class, () -> receiver.sendTo(bytes("x"), from));
            }
        });
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void abstractNamesAreAnswered() throws Exception {
        InRuntime.currentThread(() -> {
            try (var one = UnixDatagram.bind(UnixSocketAddress.unnamed());
                    var two = UnixDatagram.bind(UnixSocketAddress.unnamed())) {
                assertNotNull(one.localAddress().abstractName());
                soon(one.sendTo(bytes("x"), two.localAddress()));
                assertEquals(one.localAddress(), soon(two.recvFrom(ByteBuffer.allocate(1))));
                soon(one.writable());
                assertEquals(1, one.trySendTo(bytes("x"), two.localAddress()));
                soon(two.readable());
                assertEquals(one.localAddress(), two.tryRecvFrom(ByteBuffer.allocate(1)));
            }
        });
    }

    /** Each datagram is one receive, whatever its length, and what does not fit is lost. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void datagramsKeepTheirBounds(boolean direct) throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = UnixDatagram.pair()) {
                for (int length : new int[] {3, 0, 10, LONG, 5}) {
                    var src = direct ? ByteBuffer.allocateDirect(length) : ByteBuffer.allocate(length);
                    for (int i = 0; i < length; i++) {
                        src.put(i, (byte) (i * 31));
                    }
                    assertEquals(length, soon(pair.first().send(src)));
                    assertFalse(src.hasRemaining());
                }
                var dst = direct ? ByteBuffer.allocateDirect(100_000) : ByteBuffer.allocate(100_000);
                assertEquals(3, soon(pair.second().recv(dst)));
                assertEquals(0, soon(pair.second().recv(dst)));
                assertEquals(4, soon(pair.second().recv(dst.clear().limit(4))), "cut");
                assertEquals(LONG, soon(pair.second().recv(dst.clear())));
                assertEquals((byte) ((LONG - 1) * 31), dst.get(LONG - 1));
                assertEquals(5, soon(pair.second().recv(dst.clear())));
                assertEquals(UnixDatagram.WOULD_BLOCK, pair.second().tryRecv(dst));
                assertNull(pair.second().tryRecvFrom(dst));
            }
        });
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void triesDoNotBlockAndLoseNothing() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = UnixDatagram.pair()) {
                int sent = 0;
                soon(pair.first().writable());
                while (pair.first().trySend(bytes("payload")) != UnixDatagram.WOULD_BLOCK) {
                    sent++;
                }
                assertTrue(sent > 0);
                var waker = new CountingWaker();
                assertFalse(pair.first().pollSendReady(waker.cx));
                var buffer = ByteBuffer.allocate(16);
                for (int i = 0; i < sent; i++) {
                    soon(pair.second().readable());
                    assertTrue(pair.second().pollRecvReady(waker.cx));
                    assertEquals(7, pair.second().tryRecv(buffer.clear()));
                }
                assertEquals(UnixDatagram.WOULD_BLOCK, pair.second().tryRecv(buffer));
                assertTrue(soon(pair.first().ready(Interest.WRITABLE)).isWritable());
                assertEquals(1, pair.first().trySend(bytes("x")));
            }
        });
    }

    /** Polls, which serve one task; the waker is taken back by cancelRecv. */
    @Test
    void pollsSendAndReceive() throws Exception {
        InRuntime.currentThread(() -> {
            try (var receiver = UnixDatagram.bind(address("receiver"));
                    var sender = UnixDatagram.bind(address("sender"))) {
                var buffer = ByteBuffer.allocate(10);
                var forgotten = new CountingWaker();
                var waker = new CountingWaker();
                assertEquals(IoResult.PENDING, receiver.pollRecv(forgotten.cx, buffer));
                receiver.cancelRecv(forgotten);
                assertNull(receiver.pollRecvFrom(waker.cx, buffer));
                soon(sender.writable());
                assertEquals(2, sender.pollSendTo(waker.cx, bytes("to"), address("receiver")));
                while (waker.wakes() == 0) {
                    soon(Edo.yieldNow());
                }
                assertEquals(0, forgotten.wakes());
                assertEquals(address("sender"), receiver.pollRecvFrom(waker.cx, buffer));
                sender.connect(address("receiver"));
                assertEquals(3, sender.pollSend(waker.cx, bytes("fro")));
                soon(receiver.readable());
                assertEquals(3, receiver.pollRecv(waker.cx, buffer));
                assertEquals("tofro", text(buffer));
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    @EnabledOnOs(OS.LINUX)
    void connectedSenderWaitsForItsReceiver(Setup setup) throws Exception {
        UnixPlace.in(setup, () -> {
            int count = 2_000;
            try (var receiver = UnixDatagram.bind(address("receiver"))) {
                var sending = Edo.spawn(() -> {
                    try (var sender = UnixDatagram.unbound()) {
                        sender.connect(address("receiver"));
                        for (int i = 0; i < count; i++) {
                            sender.send(ByteBuffer.allocate(4).putInt(0, i)).await();
                        }
                    }
                });
                var buffer = ByteBuffer.allocate(8);
                for (int i = 0; i < count; i++) {
                    assertEquals(4, soon(receiver.recv(buffer.clear())));
                    assertEquals(i, buffer.getInt(0));
                }
                soon(sending);
            }
        });
    }

    private static int fill(UnixDatagram sender, UnixSocketAddress target) throws IOException {
        int sent = 0;
        while (sender.trySendTo(bytes("other"), target) != UnixDatagram.WOULD_BLOCK) {
            sent++;
        }
        return sent;
    }

    /**
     * The receiver is full of what others sent. The sender's own socket has room, so no event of it will tell when the
     * receiver has; and in between others are faster once more.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @EnabledOnOs(OS.LINUX)
    @SuppressWarnings("try") // one of them is only to be there
    void senderWaitsForAReceiverThatIsFullOfOthersDatagrams(boolean polled) throws Exception {
        InRuntime.currentThread(() -> {
            try (var receiver = UnixDatagram.bind(address("receiver"));
                    var idle = UnixDatagram.bind(address("idle"));
                    var other = UnixDatagram.unbound();
                    var sender = UnixDatagram.unbound()) {
                soon(other.writable());
                soon(sender.writable());
                int room = fill(other, address("receiver"));
                var message = bytes("mine");
                Future<Integer> send = polled
                        ? cx -> {
                            int n = sender.pollSendTo(cx, message, address("receiver"));
                            return n == IoResult.PENDING ? Poll.pending() : Poll.ready(n);
                        }
                        : sender.sendTo(message, address("receiver"));
                var waker = new CountingWaker();
                assertFalse(send.poll(waker.cx).isReady());
                assertEquals(1, sender.trySendTo(bytes("x"), address("idle")), "it has room, and so has another one");
                var buffer = ByteBuffer.allocate(10);
                for (int round = 1; round <= 3; round++) {
                    soon(receiver.recv(buffer.clear()));
                    while (waker.wakes() < round) {
                        soon(Edo.yieldNow());
                    }
                    assertEquals(5, other.trySendTo(bytes("other"), address("receiver")));
                    assertFalse(send.poll(waker.cx).isReady(), "full again");
                }
                soon(receiver.recv(buffer.clear()));
                assertEquals(4, soon(send));
                for (int i = 1; i < room; i++) {
                    soon(receiver.recv(buffer.clear()));
                    assertEquals("other", text(buffer));
                }
                soon(receiver.recv(buffer.clear()));
                assertEquals("mine", text(buffer));
            }
        });
    }

    /**
     * Two tasks poll the same socket, each for a receiver of its own that has no room. The newer one takes the place
     * of the other: were that woken, it would poll and take the place of the newer one, and so on for ever.
     */
    @Test
    @EnabledOnOs(OS.LINUX)
    @SuppressWarnings("try") // the first one is there to be full
    void whoPollsForAnotherReceiverWakesNobodyThatPolledBefore() throws Exception {
        InRuntime.currentThread(() -> {
            try (var first = UnixDatagram.bind(address("first"));
                    var second = UnixDatagram.bind(address("second"));
                    var other = UnixDatagram.unbound();
                    var sender = UnixDatagram.unbound()) {
                soon(other.writable());
                soon(sender.writable());
                fill(other, address("first"));
                fill(other, address("second"));
                var older = new CountingWaker();
                var newer = new CountingWaker();
                for (int round = 0; round < 3; round++) {
                    assertEquals(IoResult.PENDING, sender.pollSendTo(older.cx, bytes("x"), address("first")));
                    assertEquals(IoResult.PENDING, sender.pollSendTo(newer.cx, bytes("x"), address("second")));
                    assertEquals(0, older.wakes());
                    assertEquals(0, newer.wakes());
                }
                soon(second.recv(ByteBuffer.allocate(10)));
                while (newer.wakes() == 0) {
                    soon(Edo.yieldNow());
                }
                assertEquals(1, sender.pollSendTo(newer.cx, bytes("x"), address("second")));
                assertEquals(0, older.wakes());
            }
        });
    }

    /** One task polls the same socket for two receivers, both without room, and is told of either. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void whoPollsForSeveralReceiversIsWokenForEach() throws Exception {
        InRuntime.currentThread(() -> {
            try (var first = UnixDatagram.bind(address("first"));
                    var second = UnixDatagram.bind(address("second"));
                    var other = UnixDatagram.unbound();
                    var sender = UnixDatagram.unbound()) {
                soon(other.writable());
                soon(sender.writable());
                fill(other, address("first"));
                fill(other, address("second"));
                var waker = new CountingWaker();
                for (int round = 0; round < 3; round++) {
                    assertEquals(IoResult.PENDING, sender.pollSendTo(waker.cx, bytes("x"), address("first")));
                    assertEquals(IoResult.PENDING, sender.pollSendTo(waker.cx, bytes("x"), address("second")));
                    assertEquals(0, waker.wakes());
                }
                soon(first.recv(ByteBuffer.allocate(10)));
                while (waker.wakes() == 0) {
                    soon(Edo.yieldNow());
                }
                assertEquals(IoResult.PENDING, sender.pollSendTo(waker.cx, bytes("x"), address("second")));
                assertEquals(1, sender.pollSendTo(waker.cx, bytes("x"), address("first")));
                int before = waker.wakes();
                soon(second.recv(ByteBuffer.allocate(10)));
                while (waker.wakes() == before) {
                    soon(Edo.yieldNow());
                }
                assertEquals(1, sender.pollSendTo(waker.cx, bytes("x"), address("second")));
            }
        });
    }

    /**
     * The sender's own socket once had an error, which was fetched. Its readiness still tells of it: that must not look
     * like one that comes while the sender waits for the receiver, again and again.
     */
    @Test
    @EnabledOnOs(OS.LINUX)
    void anErrorThatWasFetchedDoesNotKeepTryingToSendToWhoIsFull() throws Exception {
        InRuntime.currentThread(() -> {
            try (var receiver = UnixDatagram.bind(address("receiver"));
                    var peer = UnixDatagram.bind(address("peer"));
                    var other = UnixDatagram.unbound();
                    var sender = UnixDatagram.bind(address("sender"))) {
                sender.connect(address("peer"));
                peer.connect(address("sender"));
                soon(sender.send(bytes("unread")));
                peer.connect(address("receiver")); // drops what is unread, and tells its sender
                assertTrue(soon(sender.ready(Interest.ERROR)).isError());
                assertNotNull(sender.takeError());
                soon(other.writable());
                fill(other, address("receiver"));
                var send = sender.sendTo(bytes("mine"), address("receiver"));
                var waker = new CountingWaker();
                assertFalse(send.poll(waker.cx).isReady());
                for (int turn = 0; turn < 10; turn++) {
                    soon(Edo.yieldNow());
                }
                assertEquals(0, waker.wakes(), "nothing has happened");
                soon(receiver.recv(ByteBuffer.allocate(10)));
                assertEquals(4, soon(send));
            }
        });
    }

    /**
     * Two tasks poll for different receivers, both full, each of them in the place of the other, which it wakes. That
     * one may be about to look whether its receiver has room, and must not take the end of its wait for the socket's.
     */
    @Test
    @EnabledOnOs(OS.LINUX)
    @SuppressWarnings("try") // the receivers are only to be there
    void whoTakesTheOthersPlaceInPollsDoesNotMakeTheSocketLookClosed() throws Exception {
        InRuntime.currentThread(() -> {
            try (var one = UnixDatagram.bind(address("one"));
                    var two = UnixDatagram.bind(address("two"));
                    var other = UnixDatagram.unbound();
                    var sender = UnixDatagram.unbound()) {
                soon(other.writable());
                soon(sender.writable());
                fill(other, address("one"));
                fill(other, address("two"));
                var rival = CompletableFuture.runAsync(() -> pollOften(sender, address("one")));
                pollOften(sender, address("two"));
                rival.get(20, TimeUnit.SECONDS);
            }
        });
    }

    private static void pollOften(UnixDatagram sender, UnixSocketAddress target) {
        try {
            for (int i = 0; i < 5_000; i++) {
                assertEquals(IoResult.PENDING, sender.pollSendTo(new CountingWaker().cx, bytes("x"), target));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @SuppressWarnings("try") // closed early, which is the point
    void closeFailsWhoWaitsForRoomOrDatagrams() throws Exception {
        InRuntime.currentThread(() -> {
            try (var receiver = UnixDatagram.bind(address("receiver"));
                    var other = UnixDatagram.unbound();
                    var sender = UnixDatagram.unbound()) {
                soon(other.writable());
                soon(sender.writable());
                fill(other, address("receiver"));
                var send = sender.sendTo(bytes("x"), address("receiver"));
                var recv = sender.recv(ByteBuffer.allocate(1));
                var sending = new CountingWaker();
                var receiving = new CountingWaker();
                var polling = new CountingWaker();
                assertFalse(send.poll(sending.cx).isReady());
                assertFalse(recv.poll(receiving.cx).isReady());
                assertEquals(IoResult.PENDING, sender.pollSendTo(polling.cx, bytes("x"), address("receiver")));
                sender.close();
                assertEquals(1, sending.wakes());
                assertEquals(1, receiving.wakes());
                assertEquals(1, polling.wakes());
                assertThrows(ClosedChannelException.class, () -> send.poll(sending.cx));
                assertThrows(ClosedChannelException.class, () -> recv.poll(receiving.cx));
                assertThrows(ClosedChannelException.class,
                        () -> sender.pollSendTo(polling.cx, bytes("x"), address("receiver")));
            }
        });
    }

    /**
     * The socket has failed once, as the driver has told. It waits for a receiver all the same, instead of trying all the
     * time.
     */
    @Test
    @EnabledOnOs(OS.LINUX)
    void errorOfFormerTimesDoesNotKeepASenderFromWaiting() throws Exception {
        InRuntime.currentThread(() -> {
            try (var receiver = UnixDatagram.bind(address("receiver"));
                    var former = UnixDatagram.bind(address("former"));
                    var other = UnixDatagram.unbound();
                    var sender = UnixDatagram.bind(address("sender"))) {
                sender.connect(address("former"));
                former.connect(address("sender"));
                soon(sender.send(bytes("unread")));
                former.connect(address("receiver")); // which resets who sent what is unread
                assertTrue(soon(sender.ready(Interest.ERROR)).isError());
                assertThrows(SocketException.class, () -> soon(sender.recv(ByteBuffer.allocate(1))));
                soon(other.writable());
                fill(other, address("receiver"));
                var send = sender.sendTo(bytes("x"), address("receiver"));
                var budget = new Budget();
                assertFalse(send.poll(budget).isReady());
                assertTrue(budget.used < 10, "looks for readiness: " + budget.used);
                soon(receiver.recv(ByteBuffer.allocate(10)));
                assertEquals(1, soon(send));
            }
        });
    }

    /** Ends a poll that goes round in circles. */
    private static final class Budget implements Context {
        private int used;

        @Override
        public Waker waker() {
            return new CountingWaker();
        }

        @Override
        public boolean pollProceed() {
            return used++ < 100;
        }
    }

    /** The receiver goes while somebody waits until it has room. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void senderIsToldThatTheReceiverItWaitsForHasGone() throws Exception {
        InRuntime.currentThread(() -> {
            try (var other = UnixDatagram.unbound(); var sender = UnixDatagram.unbound()) {
                var receiver = UnixDatagram.bind(address("receiver"));
                soon(other.writable());
                soon(sender.writable());
                fill(other, address("receiver"));
                var send = sender.sendTo(bytes("x"), address("receiver"));
                assertFalse(send.poll(new CountingWaker().cx).isReady());
                receiver.close();
                assertThrows(ConnectException.class, () -> soon(send));
            }
        });
    }

    @Test
    void failuresSayWhatToDo() throws Exception {
        InRuntime.currentThread(() -> {
            try (var socket = UnixDatagram.unbound(); var pair = UnixDatagram.pair()) {
                var thrown = assertThrows(SocketException.class, () -> soon(socket.send(bytes("x"))));
                assertTrue(thrown.getMessage().contains("connect the socket first"), thrown.getMessage());
                assertThrows(ConnectException.class, () -> soon(socket.sendTo(bytes("x"), address("missing"))));
                assertThrows(ConnectException.class, () -> socket.connect(address("missing")));
                thrown = assertThrows(SocketException.class,
                        () -> soon(pair.first().send(ByteBuffer.allocate(100_000_000))));
                assertTrue(thrown.getMessage().contains("shorter than"), thrown.getMessage());
                assertThrows(ReadOnlyBufferException.class, () -> pair.first().recv(bytes("x").asReadOnlyBuffer()));
                var file = Files.writeString(dir.resolve("file"), "precious");
                assertThrows(BindException.class, () -> UnixDatagram.bind(file));
                assertEquals("precious", Files.readString(file));
                assertNull(pair.first().takeError());
            }
        });
    }

    @Test
    void shutdownEndsReceivingOrSending() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = UnixDatagram.pair()) {
                soon(pair.first().send(bytes("here")));
                pair.second().shutdownInput();
                assertThrows(IOException.class, () -> soon(pair.first().send(bytes("x"))));
                assertEquals(4, soon(pair.second().recv(ByteBuffer.allocate(10))));
                var recv = pair.second().recv(ByteBuffer.allocate(1));
                var waker = new CountingWaker();
                assertFalse(recv.poll(waker.cx).isReady());
                assertEquals(1, soon(pair.second().send(bytes("x"))));
                pair.second().shutdownOutput();
                assertThrows(IOException.class, () -> soon(pair.second().send(bytes("x"))));
                pair.second().close();
                assertThrows(ClosedChannelException.class, () -> soon(recv));
            }
        });
    }

    @Test
    void everyUseAfterCloseSaysThatItIsClosed() throws Exception {
        InRuntime.currentThread(() -> {
            var socket = UnixDatagram.bind(address("socket"));
            socket.close();
            socket.close();
            var buffer = ByteBuffer.allocate(1);
            List<Executable> uses = List.of(
                    () -> soon(socket.recv(buffer)),
                    () -> soon(socket.recvFrom(buffer)),
                    () -> soon(socket.send(buffer)),
                    () -> soon(socket.sendTo(buffer, address("socket"))),
                    () -> soon(socket.readable()),
                    () -> socket.tryRecv(buffer),
                    () -> socket.trySend(buffer),
                    () -> socket.connect(address("socket")),
                    socket::fd,
                    socket::localAddress,
                    socket::shutdownInput);
            for (var use : uses) {
                var thrown = assertThrows(ClosedChannelException.class, use);
                assertTrue(String.valueOf(thrown.getMessage()).contains("at " + dir.resolve("socket")),
                        thrown.getMessage());
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    @SuppressWarnings("try") // closed early, which is the point
    void socketsNeedARuntimeThatHasNotEnded(Setup setup) throws Exception {
        assertThrows(IllegalStateException.class, UnixDatagram::pair);
        assertThrows(IllegalStateException.class, () -> UnixDatagram.bind(address("socket")));
        assertFalse(Files.exists(dir.resolve("socket")));
        UnixDatagram socket;
        try (var running = setup.start(); var _ = running.handle().enter()) {
            socket = UnixDatagram.unbound();
            running.close();
            assertThrows(RuntimeShutdownException.class, UnixDatagram::unbound);
        }
        assertThrows(RuntimeShutdownException.class, () -> socket.tryRecv(ByteBuffer.allocate(1)));
        socket.close();
    }
}
