package dev.edo.impl.net;

import static dev.edo.impl.net.InRuntime.bytes;
import static dev.edo.impl.net.InRuntime.fill;
import static dev.edo.impl.net.InRuntime.soon;
import static dev.edo.impl.net.InRuntime.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.management.ThreadMXBean;
import dev.edo.Edo;
import dev.edo.future.Poll;
import dev.edo.impl.libc.Errno;
import dev.edo.impl.net.InRuntime.Pair;
import dev.edo.io.Interest;
import dev.edo.net.TcpListener;
import dev.edo.net.TcpStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TcpStreamTest {
    @Test
    void peerOfOneEndIsLocalOfTheOther() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = Pair.connected()) {
                assertEquals(pair.client().localAddress(), pair.server().peerAddress());
                assertEquals(pair.server().localAddress(), pair.client().peerAddress());
            }
        });
    }

    /** To connect to the wildcard address means this machine; the other end has an address of its own. */
    @Test
    void peerBehindTheWildcardAddressHasItsRealOne() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = Pair.connected("0.0.0.0:0")) {
                assertFalse(pair.client().peerAddress().getAddress().isAnyLocalAddress());
                assertEquals(pair.server().localAddress(), pair.client().peerAddress());
                assertEquals(pair.client().localAddress(), pair.server().peerAddress());
            }
        });
    }

    @Test
    void ipv6LoopbackWorksLikeIpv4() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = Pair.connected("[::1]:0")) {
                assertEquals(pair.client().localAddress(), pair.server().peerAddress());
                assertFalse(pair.server().peerAddress().toString().contains("%"), "0 is no scope");
                soon(pair.client().writeAll(bytes("six")));
                var buffer = ByteBuffer.allocate(3);
                soon(pair.server().readExact(buffer));
                assertEquals("six", text(buffer));
                pair.client().setTtl(33);
                assertEquals(33, pair.client().ttl());
            } catch (IOException e) {
                assumeFalse(e instanceof BindException, "no IPv6 here");
                throw e;
            }
        });
    }

    @Test
    void readIntoFullBufferIsZeroAtOnceAndReadAtTheEndIsMinusOne() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = Pair.connected()) {
                assertEquals(0, soon(pair.server().read(ByteBuffer.allocate(0))));
                assertEquals(0, soon(pair.server().read(new ByteBuffer[] {ByteBuffer.allocateDirect(0)})));
                assertEquals(0, soon(pair.server().peek(ByteBuffer.allocate(0))));
                assertEquals(0, soon(pair.server().write(ByteBuffer.allocate(0))));
                assertEquals(0, soon(pair.server().write(new ByteBuffer[0])));
                assertEquals(TcpStream.WOULD_BLOCK, pair.server().tryRead(ByteBuffer.allocate(1)));
                soon(pair.client().shutdownOutput());
                assertEquals(-1, soon(pair.server().read(ByteBuffer.allocate(8))));
                assertEquals(-1, soon(pair.server().read(ByteBuffer.allocateDirect(8))),
                        "and stays at the end");
                assertEquals(-1, soon(pair.server().read(new ByteBuffer[] {ByteBuffer.allocate(8)})));
                assertEquals(-1, soon(pair.server().peek(ByteBuffer.allocate(8))));
                assertEquals(0, soon(pair.server().read(ByteBuffer.allocate(0))));
            }
        });
    }

    @Test
    void halfClosedConnectionStillCarriesTheOtherDirection() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = Pair.connected()) {
                soon(pair.client().writeAll(bytes("question")));
                soon(pair.client().shutdownOutput());
                soon(pair.client().shutdownOutput());
                var question = ByteBuffer.allocate(100);
                while (soon(pair.server().read(question)) >= 0) {
                    assertTrue(question.hasRemaining());
                }
                assertEquals("question", text(question));
                soon(pair.server().writeAll(bytes("answer")));
                var answer = ByteBuffer.allocate(6);
                soon(pair.client().readExact(answer));
                assertEquals("answer", text(answer));
                var thrown = assertThrows(SocketException.class,
                        () -> soon(pair.client().write(bytes("more"))));
                assertTrue(thrown.getMessage().contains(pair.client().peerAddress().toString()),
                        thrown.getMessage());
            }
        });
    }

    @Test
    void dataBeforeTheEndIsReadAlthoughBothCameTogether() throws Exception {
        // A short read must not hide the end of the stream that arrived with the same event.
        InRuntime.currentThread(() -> {
            try (var pair = Pair.connected()) {
                soon(pair.client().writeAll(bytes("last words")));
                pair.client().close();
                assertTrue(soon(pair.server().ready(Interest.READABLE)).isReadable());
                var buffer = ByteBuffer.allocateDirect(100);
                int total = 0;
                int n = soon(pair.server().read(buffer));
                while (n >= 0) {
                    total += n;
                    n = soon(pair.server().read(buffer));
                }
                assertEquals(10, total);
            }
        });
    }

    @Test
    void readExactFailsWhereTheStreamEndsBefore() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = Pair.connected()) {
                soon(pair.client().writeAll(bytes("abc")));
                pair.client().close();
                var buffer = ByteBuffer.allocate(5);
                var thrown = assertThrows(EOFException.class, () -> soon(pair.server().readExact(buffer)));
                assertTrue(thrown.getMessage().contains("missing=2"), thrown.getMessage());
                assertEquals(3, buffer.position());
            }
        });
    }

    @Test
    void peekLeavesTheBytesInTheStream() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = Pair.connected()) {
                var waker = new CountingWaker();
                var tooEarly = pair.server().peek(ByteBuffer.allocate(4));
                assertFalse(tooEarly.poll(waker.cx).isReady());
                assertEquals(-2, pair.server().pollPeek(waker.cx, ByteBuffer.allocate(4)));
                tooEarly.cancel();
                soon(pair.client().writeAll(bytes("peek")));
                for (var direct : List.of(true, false)) {
                    var buffer = direct ? ByteBuffer.allocateDirect(10) : ByteBuffer.allocate(10);
                    assertEquals(4, soon(pair.server().peek(buffer)));
                    assertEquals("peek", text(buffer));
                }
                var read = ByteBuffer.allocate(4);
                soon(pair.server().readExact(read));
                assertEquals("peek", text(read));
            }
        });
    }

    @Test
    void cancelledReadLosesNoByteAndLeavesTheStreamUsable() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = Pair.connected()) {
                var waker = new CountingWaker();
                var abandoned = ByteBuffer.allocate(100);
                var read = pair.server().read(abandoned);
                assertFalse(read.poll(waker.cx).isReady());
                // The bytes come in between the last poll and the cancellation.
                soon(pair.client().writeAll(bytes("kept")));
                soon(pair.server().readable());
                read.cancel();
                read.cancel();
                assertEquals(0, abandoned.position());
                assertThrows(IllegalStateException.class, () -> read.poll(waker.cx));
                var buffer = ByteBuffer.allocate(4);
                soon(pair.server().readExact(buffer));
                assertEquals("kept", text(buffer));
            }
        });
    }

    @Test
    void cancelledWriteHasWrittenNothingAndCancelledWriteAllSaysHowMuch() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = Pair.connected()) {
                int filled = fill(pair.client());
                var waker = new CountingWaker();
                var one = ByteBuffer.allocate(1000);
                var write = pair.client().write(one);
                assertFalse(write.poll(waker.cx).isReady());
                write.cancel();
                assertEquals(0, one.position());
                // More than the kernel buffers, so that no single poll can take all.
                var all = ByteBuffer.allocateDirect(64 << 20);
                var writeAll = pair.client().writeAll(all);
                var reader = Edo.spawn(() -> {
                    var buffer = ByteBuffer.allocate(1 << 16);
                    long total = 0;
                    int n;
                    while ((n = pair.server().read(buffer.clear()).await()) >= 0) {
                        total += n;
                    }
                    return total;
                });
                while (all.position() == 0) {
                    assertFalse(writeAll.poll(waker.cx).isReady());
                    soon(Edo.yieldNow());
                }
                writeAll.cancel();
                int part = all.position();
                soon(pair.client().writeAll(all));
                soon(pair.client().shutdownOutput());
                assertTrue(part < all.limit());
                assertEquals(filled + (64L << 20), soon(reader), "neither lost nor written twice");
            }
        });
    }

    @Test
    void closeWakesWhoReadsAndWritesWithAClearError() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = Pair.connected()) {
                fill(pair.client());
                var reader = new CountingWaker();
                var writer = new CountingWaker();
                var waiter = new CountingWaker();
                var read = pair.client().read(ByteBuffer.allocate(1));
                var write = pair.client().write(ByteBuffer.allocate(1));
                var readable = pair.client().readable();
                var peek = pair.client().peek(ByteBuffer.allocate(1));
                assertFalse(read.poll(reader.cx).isReady());
                assertFalse(write.poll(writer.cx).isReady());
                assertFalse(readable.poll(waiter.cx).isReady());
                assertFalse(peek.poll(waiter.cx).isReady());
                pair.client().close();
                pair.client().close();
                assertEquals(1, reader.wakes());
                assertEquals(1, writer.wakes());
                assertEquals(2, waiter.wakes());
                assertClosed(() -> read.poll(reader.cx));
                assertClosed(() -> write.poll(writer.cx));
                assertClosed(() -> readable.poll(waiter.cx));
                assertClosed(() -> peek.poll(waiter.cx));
            }
        });
    }

    @Test
    void closeFailsAParkedReader() throws Exception {
        InRuntime.multiThread(() -> {
            for (int round = 0; round < 50; round++) {
                // The close comes before the read, while it registers, or when it is parked.
                try (var pair = Pair.connected()) {
                    var reader = Edo.spawn(() -> {
                        assertThrows(ClosedChannelException.class,
                                () -> pair.server().read(ByteBuffer.allocate(1)).await());
                    });
                    pair.server().close();
                    soon(reader);
                }
            }
        });
    }

    @Test
    void everyUseAfterCloseSaysThatItIsClosed() throws Exception {
        InRuntime.currentThread(() -> {
            var pair = Pair.connected();
            var stream = pair.server();
            pair.close();
            assertClosed(() -> soon(stream.read(ByteBuffer.allocate(1))));
            assertClosed(() -> soon(stream.write(ByteBuffer.allocateDirect(1))));
            assertClosed(() -> soon(stream.read(new ByteBuffer[] {ByteBuffer.allocate(1)})));
            assertClosed(() -> soon(stream.write(new ByteBuffer[] {ByteBuffer.allocate(1)})));
            assertClosed(() -> soon(stream.peek(ByteBuffer.allocate(1))));
            assertClosed(() -> soon(stream.ready(Interest.WRITABLE)));
            assertClosed(() -> soon(stream.shutdownOutput()));
            assertClosed(() -> stream.tryRead(ByteBuffer.allocate(1)));
            assertClosed(() -> stream.tryWrite(ByteBuffer.allocate(1)));
            assertClosed(() -> stream.setNodelay(true));
            assertClosed(stream::localAddress);
            assertClosed(stream::peerAddress);
        });
    }

    private static void assertClosed(Executable use) {
        var thrown = assertThrows(ClosedChannelException.class, use);
        assertTrue(String.valueOf(thrown.getMessage()).contains("is closed"),
                () -> "message=" + thrown.getMessage());
    }

    @Test
    void resetMidWriteFailsTheWriterWithTheReason() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = Pair.connected()) {
                fill(pair.client());
                var waker = new CountingWaker();
                var write = pair.client().writeAll(ByteBuffer.allocateDirect(1_000_000));
                assertFalse(write.poll(waker.cx).isReady());
                pair.server().setZeroLinger();
                pair.server().close();
                var thrown = assertThrows(SocketException.class, () -> soon(write));
                String start = "write to " + pair.client().peerAddress() + " failed: ";
                assertTrue(thrown.getMessage().startsWith(start), thrown.getMessage());
                assertTrue(thrown.getMessage().contains("closed or reset"), thrown.getMessage());
                soon(pair.client().shutdownOutput());
            }
        });
    }

    @Test
    void resetFailsTheReader() throws Exception {
        InRuntime.currentThread(() -> {
            for (var direct : List.of(true, false)) {
                try (var pair = Pair.connected()) {
                    pair.server().setZeroLinger();
                    pair.server().close();
                    var buffer = direct ? ByteBuffer.allocateDirect(1) : ByteBuffer.allocate(1);
                    var thrown = assertThrows(SocketException.class, () -> soon(pair.client().read(buffer)));
                    assertTrue(thrown.getMessage().contains("Connection reset"), thrown.getMessage());
                }
            }
        });
    }

    /** The other side has gone for good: there is nobody to be told, which is no error. */
    @Test
    void shutdownAfterAResetIsFine() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = Pair.connected()) {
                pair.server().setZeroLinger();
                pair.server().close();
                soon(pair.client().readable());
                for (int i = 0; i < 3; i++) {
                    soon(pair.client().shutdownOutput());
                }
            }
        });
    }

    @Test
    void refusedConnectNamesTheAddress() throws Exception {
        InRuntime.currentThread(() -> {
            InetSocketAddress nobody;
            try (var listener = TcpListener.bind("127.0.0.1:0").await()) {
                nobody = listener.localAddress();
            }
            var thrown = assertThrows(ConnectException.class, () -> soon(TcpStream.connect(nobody)));
            assertTrue(thrown.getMessage().contains(nobody.toString()), thrown.getMessage());
            assertTrue(thrown.getMessage().contains("refused"), thrown.getMessage());
        });
    }

    @Test
    void connectTriesOneAddressAfterTheOther() throws Exception {
        InRuntime.currentThread(() -> {
            InetSocketAddress nobody;
            try (var gone = TcpListener.bind("127.0.0.1:0").await()) {
                nobody = gone.localAddress();
            }
            try (var listener = TcpListener.bind("127.0.0.1:0").await()) {
                try (var stream = soon(TcpStream.connect(List.of(nobody, listener.localAddress())))) {
                    assertEquals(listener.localAddress(), stream.peerAddress());
                }
                var thrown = assertThrows(ConnectException.class,
                        () -> soon(TcpStream.connect(List.of(nobody, nobody))));
                assertEquals(1, thrown.getSuppressed().length);
            }
        });
    }

    @Test
    void namesAreLookedUpOnTheBlockingPool() throws Exception {
        InRuntime.currentThread(() -> {
            try (var listener = TcpListener.bind("127.0.0.1:0").await()) {
                int port = listener.localAddress().getPort();
                try (var stream = soon(TcpStream.connect("localhost:" + port))) {
                    assertEquals(port, stream.peerAddress().getPort());
                }
                var unresolved = InetSocketAddress.createUnresolved("localhost", port);
                soon(TcpStream.connect(unresolved)).close();
            }
            assertThrows(UnknownHostException.class, () -> soon(TcpStream.connect("no-such-host.invalid:1")));
        });
    }

    @Test
    void cancelledConnectLeavesNothingOpen() throws Exception {
        InRuntime.currentThread(() -> {
            // The first poll starts the connection and cannot have seen it established: nobody turned
            // the driver.
            try (var listener = TcpListener.bind("127.0.0.1:0").await()) {
                var waker = new CountingWaker();
                var connect = TcpStream.connect(listener.localAddress());
                assertFalse(connect.poll(waker.cx).isReady());
                connect.cancel();
                assertThrows(IllegalStateException.class, () -> connect.poll(waker.cx));
                try (var accepted = soon(listener.accept())) {
                    assertEquals(-1, soon(accepted.read(ByteBuffer.allocate(1))), "its other end is closed");
                }
                var neverPolled = TcpStream.connect(listener.localAddress());
                neverPolled.cancel();
                assertThrows(IllegalStateException.class, () -> neverPolled.poll(waker.cx));
            }
        });
    }

    @Test
    void readinessTellsWhatIsThere() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = Pair.connected()) {
                var both = Interest.READABLE.add(Interest.WRITABLE);
                var ready = soon(pair.server().ready(both));
                assertTrue(ready.isWritable());
                assertFalse(ready.isReadable());
                soon(pair.server().writable());
                pair.client().close();
                ready = soon(pair.server().ready(Interest.READABLE));
                assertTrue(ready.isReadClosed());
            }
        });
    }

    @Test
    void severalTasksMayWaitForReadability() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = Pair.connected()) {
                var first = new CountingWaker();
                var second = new CountingWaker();
                var one = pair.server().readable();
                var two = pair.server().readable();
                assertFalse(one.poll(first.cx).isReady());
                assertFalse(two.poll(second.cx).isReady());
                soon(pair.client().writeAll(bytes("x")));
                soon(pair.server().readable());
                assertEquals(1, first.wakes());
                assertEquals(1, second.wakes());
                assertTrue(one.poll(first.cx).isReady());
                assertTrue(two.poll(second.cx).isReady());
            }
        });
    }

    @Test
    void alwaysReadyStreamLetsOthersRun() throws Exception {
        // Each poll of a socket costs a unit of the task's budget, so this reader yields although it
        // never waits.
        InRuntime.currentThread(() -> {
            try (var pair = Pair.connected()) {
                fill(pair.client());
                var others = new int[1];
                var reader = Edo.spawn(() -> {
                    var buffer = ByteBuffer.allocateDirect(1);
                    for (int i = 0; i < 1_000; i++) {
                        pair.server().read(buffer.clear()).await();
                    }
                    return others[0];
                });
                var other = Edo.spawn(() -> {
                    while (!reader.isFinished()) {
                        others[0]++;
                        Edo.yieldNow().await();
                    }
                });
                assertTrue(soon(reader) > 1, "the other one has run while this read");
                soon(other);
            }
        });
    }

    @Test
    void optionsRoundTrip() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = Pair.connected()) {
                var stream = pair.client();
                stream.setNodelay(true);
                assertTrue(stream.nodelay());
                stream.setNodelay(false);
                assertFalse(stream.nodelay());
                stream.setKeepalive(true);
                assertTrue(stream.keepalive());
                stream.setTtl(42);
                assertEquals(42, stream.ttl());
                stream.setSendBufferSize(100_000);
                assertTrue(stream.sendBufferSize() >= 100_000);
                stream.setRecvBufferSize(100_000);
                assertTrue(stream.recvBufferSize() >= 100_000);
                assertNull(stream.linger());
                stream.setZeroLinger();
                assertEquals(Duration.ZERO, stream.linger());
                stream.setLinger(Duration.ofMillis(1001));
                assertEquals(Duration.ofSeconds(2), stream.linger());
                stream.setLinger(null);
                assertNull(stream.linger());
                assertNull(stream.takeError());
                if (Errno.LINUX) {
                    stream.setQuickack(false);
                    assertFalse(stream.quickack());
                    stream.setQuickack(true);
                    assertTrue(stream.quickack());
                }
                assertThrows(IllegalArgumentException.class, () -> stream.setTtl(0));
                assertThrows(IllegalArgumentException.class, () -> stream.setSendBufferSize(0));
                assertThrows(IllegalArgumentException.class,
                        () -> stream.setLinger(Duration.ofSeconds(70_000)));
            }
        });
    }

    @Test
    void buffersThatCannotBeUsedAreRefused() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = Pair.connected()) {
                soon(pair.client().writeAll(ByteBuffer.allocate(10).asReadOnlyBuffer()));
                soon(pair.server().readable());
                var readOnly = ByteBuffer.allocate(1).asReadOnlyBuffer();
                assertThrows(ReadOnlyBufferException.class, () -> pair.server().tryRead(readOnly));
                assertThrows(ReadOnlyBufferException.class,
                        () -> pair.server().tryRead(new ByteBuffer[] {readOnly}));
                assertThrows(ReadOnlyBufferException.class, () -> soon(pair.server().peek(readOnly)));
                ByteBuffer freed;
                try (var arena = Arena.ofConfined()) {
                    freed = arena.allocate(8).asByteBuffer();
                }
                assertThrows(IllegalStateException.class, () -> pair.server().tryRead(freed));
                assertThrows(IllegalStateException.class,
                        () -> pair.server().tryRead(new ByteBuffer[] {freed}));
                assertEquals(10, pair.server().tryRead(ByteBuffer.allocate(11)), "the stream is as it was");
            }
        });
    }

    @Test
    void positionAndOffsetOfSlicesAreRespected() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = Pair.connected()) {
                for (var direct : List.of(true, false)) {
                    var src = direct ? ByteBuffer.allocateDirect(20) : ByteBuffer.allocate(20);
                    src.put(5, "hello".getBytes(StandardCharsets.US_ASCII));
                    var slice = src.slice(3, 10).position(2).limit(7);
                    soon(pair.client().writeAll(slice));
                    assertEquals(7, slice.position());
                    var dst = direct ? ByteBuffer.allocateDirect(20) : ByteBuffer.allocate(20);
                    var part = dst.slice(4, 10).position(1).limit(6);
                    soon(pair.server().readExact(part));
                    var received = new byte[7];
                    dst.get(4, received);
                    assertEquals("\0hello\0", new String(received, StandardCharsets.US_ASCII));
                }
            }
        });
    }

    @Test
    void ioThatNeedsNoWaitingAllocatesNothing() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = Pair.connected()) {
                var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
                var out = ByteBuffer.allocateDirect(64);
                var in = ByteBuffer.allocateDirect(64);
                var heap = ByteBuffer.allocate(64);
                int rounds = 2_000;
                long least = Long.MAX_VALUE;
                // The first rounds are interpreted, where the views of the buffers' memory do get allocated.
                for (int batch = 0; batch < 60 && least > rounds; batch++) {
                    long before = threads.getCurrentThreadAllocatedBytes();
                    for (int i = 0; i < rounds; i++) {
                        var dst = (i & 1) == 0 ? in : heap;
                        while (pair.client().tryWrite(out) == TcpStream.WOULD_BLOCK) {
                            soon(pair.client().writable());
                        }
                        while (pair.server().tryRead(dst) == TcpStream.WOULD_BLOCK) {
                            soon(pair.server().readable());
                        }
                        out.clear();
                        dst.clear();
                    }
                    least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
                }
                // A full read leaves the readiness, so hardly any round has to wait.
                assertTrue(least <= rounds, "bytes in " + rounds + " rounds: " + least);
            }
        });
    }

    @Test
    void aFutureIsSpentWhenItHasCompleted() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pair = Pair.connected()) {
                var waker = new CountingWaker();
                var write = pair.client().write(bytes("x"));
                assertTrue(write.poll(waker.cx) instanceof Poll.Ready<Integer>(var n) && n == 1);
                assertThrows(IllegalStateException.class, () -> write.poll(waker.cx));
                write.cancel();
            }
        });
    }
}
