package dev.edo.impl.net;

import static dev.edo.impl.net.InRuntime.bytes;
import static dev.edo.impl.net.InRuntime.soon;
import static dev.edo.impl.net.InRuntime.text;
import static dev.edo.impl.net.UnixPlace.connected;
import static dev.edo.impl.net.UnixPlace.fill;
import static dev.edo.impl.net.UnixPlace.rest;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.impl.contract.Setup;
import dev.edo.io.Interest;
import dev.edo.net.UnixListener;
import dev.edo.net.UnixSocketAddress;
import dev.edo.net.UnixStream;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnixStreamTest {
    @TempDir
    private Path dir = Path.of("");

    @ParameterizedTest
    @EnumSource(Setup.class)
    void whatOneSideWritesTheOtherReadsToTheEnd(Setup setup) throws Exception {
        UnixPlace.in(setup, () -> {
            try (var pair = connected(dir.resolve("socket"))) {
                soon(pair.first().writeAll(bytes("hello")));
                pair.first().close();
                assertEquals("hello", rest(pair.second()));
                assertEquals(-1, soon(pair.second().read(ByteBuffer.allocate(1))), "and stays at the end");
            }
        });
    }

    /** Two tasks echo to each other: each waits for the other one again and again. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void tasksTalkOverAPair(Setup setup) throws Exception {
        UnixPlace.in(setup, () -> {
            int rounds = 500;
            try (var pair = UnixStream.pair()) {
                var echo = Edo.spawn(() -> {
                    var buffer = ByteBuffer.allocateDirect(64);
                    int n = pair.second().read(buffer).await();
                    while (n >= 0) {
                        pair.second().writeAll(buffer.flip()).await();
                        n = pair.second().read(buffer.clear()).await();
                    }
                    return "end";
                });
                var buffer = ByteBuffer.allocateDirect(8);
                for (long i = 0; i < rounds; i++) {
                    soon(pair.first().writeAll(buffer.clear().putLong(i).flip()));
                    soon(pair.first().readExact(buffer.clear()));
                    assertEquals(i, buffer.getLong(0));
                }
                soon(pair.first().shutdownOutput());
                assertEquals("end", soon(echo));
            }
        });
    }

    @Test
    void addressesTellWhoWasBound() throws Exception {
        var path = dir.resolve("socket");
        InRuntime.currentThread(() -> {
            try (var pair = connected(path)) {
                assertEquals(UnixSocketAddress.of(path), pair.first().peerAddress());
                assertEquals(UnixSocketAddress.of(path), pair.second().localAddress());
                assertTrue(pair.first().localAddress().isUnnamed());
                assertTrue(pair.second().peerAddress().isUnnamed());
                assertTrue(pair.first().toString().contains("connection to " + path), pair.first()::toString);
                assertTrue(pair.second().toString().contains("connection at " + path), pair.second()::toString);
            }
            try (var pair = UnixStream.pair()) {
                assertTrue(pair.first().localAddress().isUnnamed());
                assertTrue(pair.first().peerAddress().isUnnamed());
            }
        });
    }

    @Test
    void credentialsAreThoseOfTheProcess() throws Exception {
        long uid = ((Number) Files.getAttribute(Files.createFile(dir.resolve("mine")), "unix:uid")).longValue();
        InRuntime.currentThread(() -> {
            try (var pair = UnixStream.pair(); var connection = connected(dir.resolve("socket"))) {
                for (var stream : List.of(pair.first(), pair.second(), connection.first(), connection.second())) {
                    var cred = stream.peerCred();
                    assertEquals(uid, cred.uid());
                    assertEquals(pair.first().peerCred().gid(), cred.gid());
                    assertEquals(OptionalLong.of(ProcessHandle.current().pid()), cred.pid());
                }
            }
        });
    }

    @Test
    void shutdownEndsOneDirectionOnly() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = UnixStream.pair()) {
                soon(pair.first().writeAll(bytes("question")));
                soon(pair.first().shutdownOutput());
                soon(pair.first().shutdownOutput());
                assertEquals("question", rest(pair.second()));
                soon(pair.second().writeAll(bytes("answer")));
                var answer = ByteBuffer.allocate(6);
                soon(pair.first().readExact(answer));
                assertEquals("answer", text(answer));
                var thrown = assertThrows(SocketException.class, () -> soon(pair.first().write(bytes("more"))));
                assertTrue(thrown.getMessage().contains("of a pair"), thrown.getMessage());
            }
        });
    }

    /** A socket is full: no try is worth it before the other side has read; and what was sent arrives. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void triesMoveBytesAsLongAsTheSocketIsReady(boolean vectored) throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = connected(dir.resolve("socket"))) {
                var waker = new CountingWaker();
                var readable = pair.second().readable();
                assertFalse(readable.poll(waker.cx).isReady());
                soon(pair.first().writable());
                var sent = new CRC32();
                long written = 0;
                while (pair.first().writable().poll(waker.cx).isReady()) {
                    var block = new byte[4000];
                    Arrays.fill(block, (byte) written);
                    var parts = new ByteBuffer[] {
                        ByteBuffer.wrap(block, 0, 10), ByteBuffer.wrap(block, 10, 3990)};
                    int n = vectored ? pair.first().tryWrite(parts) : pair.first().tryWrite(ByteBuffer.wrap(block));
                    if (n > 0) {
                        sent.update(block, 0, n);
                        written += n;
                    }
                }
                assertTrue(written > 4000, "written=" + written);
                assertEquals(UnixStream.WOULD_BLOCK, pair.first().tryWrite(bytes("x")));
                var writable = pair.first().ready(Interest.WRITABLE);
                assertFalse(writable.poll(waker.cx).isReady());
                soon(readable);
                var received = new CRC32();
                long read = 0;
                while (read < written) {
                    assertFalse(soon(pair.second().ready(Interest.READABLE)).isReadClosed());
                    var block = ByteBuffer.allocate(70_000);
                    var parts = new ByteBuffer[] {block.slice(0, 10), block.slice(10, 69_990)};
                    int n = vectored ? pair.second().tryRead(parts) : pair.second().tryRead(block);
                    if (n != UnixStream.WOULD_BLOCK) {
                        received.update(block.array(), 0, n);
                        read += n;
                    }
                }
                assertEquals(sent.getValue(), received.getValue());
                assertFalse(soon(writable).isWriteClosed());
                pair.first().close();
                while (!soon(pair.second().ready(Interest.READABLE)).isReadClosed()) {
                    soon(Edo.yieldNow());
                }
            }
        });
    }

    @Test
    void readinessStaysUntilATryFindsNothing() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = UnixStream.pair()) {
                var waker = new CountingWaker();
                assertFalse(pair.second().readable().poll(waker.cx).isReady());
                soon(pair.first().writeAll(bytes("ping")));
                soon(pair.second().readable());
                soon(pair.second().readExact(ByteBuffer.allocate(4)));
                assertTrue(pair.second().readable().poll(waker.cx).isReady(), "a full buffer says nothing");
                assertEquals(UnixStream.WOULD_BLOCK, pair.second().tryRead(ByteBuffer.allocate(4)));
                assertFalse(pair.second().readable().poll(waker.cx).isReady());
                assertTrue(pair.first().writable().poll(waker.cx).isReady());
                fill(pair.first());
                assertFalse(pair.first().writable().poll(waker.cx).isReady());
                pair.second().close();
                soon(pair.first().writable());
                soon(pair.first().readable());
            }
        });
    }

    /**
     * The kernel cuts a read behind a byte that carries a descriptor. The read is short although there is more, and no
     * event will tell of that.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatFollowsADescriptorIsRead(boolean vectored) throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = UnixStream.pair()) {
                var raw = new Socket(pair.first().fd());
                soon(pair.first().writable());
                assertTrue(raw.sendFd(raw.intValue()) > 0);
                soon(pair.first().writeAll(bytes("behind")));
                var buffer = ByteBuffer.allocate(100);
                while (buffer.position() < 7) {
                    soon(vectored ? pair.second().read(new ByteBuffer[] {buffer}) : pair.second().read(buffer));
                }
                assertTrue(text(buffer).endsWith("behind"));
            }
        });
    }

    @Test
    void operationsOfTheCallersWaitForReadiness() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = UnixStream.pair()) {
                var raw = new Socket(pair.second().fd());
                var buffer = ByteBuffer.allocateDirect(8);
                assertNull(pair.second().tryIo(Interest.READABLE, () -> raw.recv(buffer, 0, 8)));
                var read = pair.second().asyncIo(Interest.READABLE, () -> {
                    int n = raw.recv(buffer, 0, 8);
                    return n == 0 ? null : n;
                });
                assertFalse(read.poll(new CountingWaker().cx).isReady());
                soon(pair.first().writeAll(bytes("abc")));
                assertEquals(3, soon(read));
                assertEquals('a', buffer.get(0));
                assertNull(pair.second().takeError());
            }
        });
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @SuppressWarnings("try") // closed early, which is the point
    void abstractNamesAreInNoFileSystem() throws Exception {
        InRuntime.currentThread(() -> {
            byte[] name = {'e', 'd', 'o', 0, (byte) 0xff, (byte) ProcessHandle.current().pid()};
            var address = UnixSocketAddress.ofAbstract(name);
            for (int round = 0; round < 2; round++) { // the name is free as soon as it is closed
                try (var listener = UnixListener.bind(address);
                        var client = soon(UnixStream.connect(address));
                        var server = soon(listener.accept())) {
                    assertEquals(address, listener.localAddress());
                    assertEquals(address, client.peerAddress());
                    assertArrayEquals(name, server.localAddress().abstractName());
                    soon(client.writeAll(bytes("hello")));
                    client.close();
                    assertEquals("hello", rest(server));
                }
            }
        });
    }

    @Test
    void connectSaysWhyNobodyAnswers() throws Exception {
        InRuntime.currentThread(() -> {
            var path = dir.resolve("socket");
            var missing = assertThrows(ConnectException.class, () -> soon(UnixStream.connect(path)));
            assertTrue(missing.getMessage().startsWith("connect to " + path + " failed"), missing.getMessage());
            assertTrue(missing.getMessage().contains("nobody has bound"), missing.getMessage());
            UnixListener.bind(path).close();
            var refused = assertThrows(ConnectException.class, () -> soon(UnixStream.connect(path)));
            assertTrue(refused.getMessage().contains("nobody listens there any more"), refused.getMessage());
            var noSocket = Files.createFile(dir.resolve("file"));
            assertThrows(ConnectException.class, () -> soon(UnixStream.connect(noSocket)));
            var tooLong = dir.resolve("x".repeat(120));
            var thrown = assertThrows(SocketException.class, () -> soon(UnixStream.connect(tooLong)));
            assertTrue(thrown.getMessage().contains("path=" + tooLong), thrown.getMessage());
            assertThrows(IllegalArgumentException.class, () -> UnixStream.connect(UnixSocketAddress.unnamed()));
        });
    }

    /** The listener goes while the connection is in its queue, and the connect has not looked yet. */
    @Test
    void connectFailsWhereTheListenerGoesMeanwhile() throws Exception {
        InRuntime.currentThread(() -> {
            var path = dir.resolve("socket");
            var listener = UnixListener.bind(path);
            var connect = UnixStream.connect(path);
            assertFalse(connect.poll(new CountingWaker().cx).isReady());
            listener.close();
            var thrown = assertThrows(SocketException.class, () -> soon(connect));
            assertTrue(thrown.getMessage().startsWith("connect to " + path + " failed"), thrown.getMessage());
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void closeFailsWhoReadsAndWrites(Setup setup) throws Exception {
        UnixPlace.in(setup, () -> {
            try (var pair = UnixStream.pair()) {
                fill(pair.first());
                var waker = new CountingWaker();
                var write = pair.first().write(bytes("x"));
                var readable = pair.first().readable();
                assertFalse(write.poll(waker.cx).isReady());
                assertFalse(readable.poll(waker.cx).isReady());
                var reader = Edo.spawn(() -> pair.first().read(ByteBuffer.allocate(1)).await());
                soon(Edo.yieldNow());
                pair.first().close();
                assertEquals(2, waker.wakes());
                var thrown = assertThrows(ClosedChannelException.class, () -> soon(write));
                assertTrue(String.valueOf(thrown.getMessage()).contains("is closed"), thrown.getMessage());
                assertThrows(ClosedChannelException.class, () -> soon(readable));
                var failed = assertThrows(Exception.class, () -> soon(reader));
                assertTrue(failed.getCause() instanceof ClosedChannelException, failed.toString());
            }
        });
    }

    @Test
    void everyUseAfterCloseSaysThatItIsClosed() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = UnixStream.pair()) {
                var stream = pair.first();
                stream.close();
                stream.close();
                List<Executable> uses = List.of(
                        () -> soon(stream.read(ByteBuffer.allocate(1))),
                        () -> soon(stream.write(bytes("x"))),
                        () -> soon(stream.shutdownOutput()),
                        () -> soon(stream.ready(Interest.READABLE)),
                        () -> stream.tryRead(ByteBuffer.allocate(1)),
                        () -> stream.tryWrite(bytes("x")),
                        stream::fd,
                        stream::localAddress,
                        stream::peerAddress,
                        stream::peerCred,
                        stream::takeError);
                for (var use : uses) {
                    var thrown = assertThrows(ClosedChannelException.class, use);
                    assertTrue(String.valueOf(thrown.getMessage()).contains("is closed"), thrown.getMessage());
                }
            }
        });
    }

    /** To close with bytes unread resets the connection. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void resetFailsTheReader() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = UnixStream.pair()) {
                soon(pair.first().writeAll(bytes("unread")));
                pair.second().close();
                var thrown = assertThrows(IOException.class,
                        () -> soon(pair.first().read(ByteBuffer.allocate(1))));
                assertTrue(thrown.getMessage().contains("read from Unix connection of a pair"), thrown.getMessage());
                soon(pair.first().shutdownOutput());
            }
        });
    }
}
