package dev.edo.impl.io;

import static dev.edo.impl.io.InSetup.soon;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Future;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Setup;
import dev.edo.io.AsyncWrite;
import dev.edo.io.BrokenPipeException;
import dev.edo.io.BufReader;
import dev.edo.io.BufStream;
import dev.edo.io.BufWriter;
import dev.edo.io.Copied;
import dev.edo.io.Interest;
import dev.edo.io.Io;
import dev.edo.net.TcpListener;
import dev.edo.net.TcpStream;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import io.netty.channel.unix.FileDescriptor;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sources and sinks inside a runtime: sockets, tasks of both styles, the blocking pool. */
class IoRuntimeTest {
    private static ByteBuffer bytes(String text) {
        return StandardCharsets.UTF_8.encode(text);
    }

    /** Both ends of a connection. */
    private record Pair(TcpStream client, TcpStream server) implements AutoCloseable {
        static Pair connected() throws Exception {
            try (var listener = soon(TcpListener.bind("127.0.0.1:0"))) {
                var client = soon(TcpStream.connect(listener.localAddress()));
                return new Pair(client, soon(listener.accept()));
            }
        }

        @Override
        public void close() {
            client.close();
            server.close();
        }
    }

    /** In direct style a task that awaits, in stackless style the future itself. */
    private static <T extends @Nullable Object> JoinHandle<T> spawn(boolean direct, Future<T> future) {
        return direct ? Edo.spawn(() -> future.await()) : Edo.spawn(future);
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void proxyCopiesBetweenTwoConnections(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            for (boolean direct : new boolean[] {true, false}) {
                try (var left = Pair.connected(); var right = Pair.connected()) {
                    var proxy = spawn(direct, Io.copyBidirectional(left.server(), right.client()));
                    var there = new byte[300_000];
                    var back = new byte[200_001];
                    new Random(1).nextBytes(there);
                    new Random(2).nextBytes(back);
                    var sent = Edo.spawn(() -> {
                        left.client().writeAll(ByteBuffer.wrap(there)).await();
                        left.client().shutdownOutput().await();
                    });
                    var got = spawn(direct, right.server().readToEnd());
                    assertArrayEquals(there, soon(got));
                    soon(sent);
                    // The other direction is still open.
                    var answered = Edo.spawn(() -> {
                        right.server().writeAll(ByteBuffer.wrap(back)).await();
                        right.server().shutdownOutput().await();
                    });
                    assertArrayEquals(back, soon(left.client().readToEnd(back.length)));
                    soon(answered);
                    assertEquals(new Copied(there.length, back.length), soon(proxy));
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void linesAndNumbersTravelThroughBufferedConnections(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            try (var pair = Pair.connected()) {
                var server = Edo.spawn(() -> {
                    var stream = new BufStream<>(pair.server());
                    for (String line; (line = stream.readLine(1000).await()) != null; ) {
                        stream.writeU32(line.length()).await();
                        stream.writeAll(bytes(line)).await();
                        stream.flush().await();
                    }
                    stream.shutdownOutput().await();
                });
                var in = new BufReader<>(pair.client(), ByteBuffer.allocateDirect(7));
                var out = new BufWriter<>(pair.client(), 16);
                for (int i = 0; i < 50; i++) {
                    var line = "line " + "é".repeat(i);
                    soon(out.writeAll(new ByteBuffer[] {bytes(line), bytes(i % 2 == 0 ? "\n" : "\r\n")}));
                    soon(out.flush());
                    assertEquals((long) line.length(), soon(in.readU32()));
                    assertEquals(line, soon(in.take(bytes(line).remaining()).readToString()));
                }
                soon(out.shutdownOutput());
                soon(server);
                assertNull(soon(in.readLine()));
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void halvesOfAnyStreamServeTwoTasks(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            for (boolean direct : new boolean[] {true, false}) {
                var pair = Io.duplex(64);
                var stream = new BufStream<>(pair.first(), 16, 16);
                var halves = Io.split(stream);
                var echo = spawn(direct, Io.copy(pair.second().reader(), pair.second().writer()));
                var content = new byte[50_000];
                new Random(3).nextBytes(content);
                var writer = Edo.spawn(() -> {
                    halves.write().writeAll(ByteBuffer.wrap(content)).await();
                    halves.write().shutdownOutput().await();
                });
                var got = ByteBuffer.allocate(content.length);
                soon(spawn(direct, halves.read().readExact(got)));
                assertArrayEquals(content, got.array());
                soon(writer);
                assertEquals((long) content.length, soon(echo));
                assertSame(stream, halves.unsplit());
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void connectionInMemoryJoinsTwoTasks(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            var pair = Io.duplex(8);
            var task = Edo.spawn(() -> {
                try (var second = pair.second()) {
                    var buffer = ByteBuffer.allocate(4);
                    second.readExact(buffer).await();
                    second.writeAll(buffer.flip()).await();
                }
            });
            soon(pair.first().writeAll(bytes("ping")));
            assertEquals("ping", soon(pair.first().readToString()));
            soon(task);
            assertThrows(BrokenPipeException.class, () -> soon(pair.first().write(bytes("x"))));
        });
    }

    /** A task whose source and sink never wait must let the others run. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void endlessCopyLetsOthersRunAndCanBeAborted(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            for (boolean direct : new boolean[] {true, false}) {
                var endless = spawn(direct, Io.copy(Io.repeat((byte) 1), Io.sink()));
                for (int i = 0; i < 3; i++) {
                    soon(Edo.spawn(() -> Edo.yieldNow().await()));
                }
                endless.abort();
                assertTrue(assertThrows(JoinError.class, () -> soon(endless)).isCancelled() || direct);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void operationsOfTheCallerOnASocket(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            try (var pair = Pair.connected()) {
                var client = pair.client();
                assertTrue(client.fd() >= 0);
                assertNull(client.tryIo(Interest.READABLE, () -> {
                    throw new AssertionError("tried although nothing is ready");
                }));
                var descriptor = new FileDescriptor(client.fd());
                var direct = ByteBuffer.allocateDirect(10);
                var read = Edo.spawn(client.asyncIo(Interest.READABLE, () -> {
                    int n = descriptor.read(direct, 0, 10);
                    return n == 0 ? null : n;
                }));
                soon(pair.server().writeAll(bytes("hello")));
                assertEquals(5, soon(read));
                assertNull(client.tryIo(Interest.READABLE, () -> {
                    int n = descriptor.read(direct, 0, 10);
                    return n == 0 ? null : n;
                }));
                var given = client.asyncIo(Interest.READABLE, () -> 1);
                assertFalse(given.poll(new CountingWaker().cx).isReady());
                client.close();
                assertThrows(ClosedChannelException.class, () -> soon(given));
                assertThrows(ClosedChannelException.class, () -> client.tryIo(Interest.READABLE, () -> 1));
                assertThrows(ClosedChannelException.class, client::fd);
            }
        });
    }

    // ---- bridges

    @ParameterizedTest
    @EnumSource(Setup.class)
    void blockingStreamsAreReadAndWrittenOnThePool(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            var content = "0123456789".repeat(20_000);
            var from = Io.fromInputStream(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
            var to = new ByteArrayOutputStream();
            var sink = Io.fromOutputStream(to);
            assertEquals((long) content.length(), soon(Io.copy(from, sink)));
            assertEquals(content, to.toString(StandardCharsets.UTF_8));
            var in = Channels.newChannel(new ByteArrayInputStream("channel".getBytes(StandardCharsets.UTF_8)));
            var collected = new ByteArrayOutputStream();
            var channel = Channels.newChannel(collected);
            var out = Io.fromChannel(channel);
            soon(out.writeAll(bytes("chan")));
            soon(out.writeAll(bytes("nel")));
            soon(out.shutdownOutput());
            assertEquals("channel", collected.toString(StandardCharsets.UTF_8));
            assertFalse(channel.isOpen());
            assertEquals("channel", soon(Io.fromChannel(in).readToString()));
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void failureOfABlockingStreamComesWithTheNextCall(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            var sink = Io.fromOutputStream(new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    throw new IOException("disk full");
                }
            });
            soon(sink.write(bytes("x")));
            var thrown = assertThrows(IOException.class, () -> soon(sink.flush()));
            assertEquals("disk full", thrown.getMessage());
            var source = Io.fromInputStream(new InputStream() {
                @Override
                public int read() throws IOException {
                    throw new IOException("gone");
                }
            });
            assertEquals("gone",
                    assertThrows(IOException.class, () -> soon(source.read(ByteBuffer.allocate(1)))).getMessage());
        });
    }

    /** Outside of every runtime there is no thread to flush a sink, or to end it; a later poll makes up for that. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void flushAndEndOfABlockingStreamThatCouldNotBeginAreStillToBeDone(Setup setup) throws Exception {
        var cx = new CountingWaker().cx;
        var flushes = new AtomicInteger();
        var closes = new AtomicInteger();
        var sink = Io.fromOutputStream(new OutputStream() {
            @Override
            public void write(int b) {}

            @Override
            public void flush() {
                flushes.incrementAndGet();
            }

            @Override
            public void close() {
                closes.incrementAndGet();
            }
        });
        InSetup.run(setup, () -> {
            soon(sink.writeAll(bytes("a")));
            assertEquals(0, soon(sink.write(ByteBuffer.allocate(0)))); // behind the end of the first one
        });
        assertThrows(IllegalStateException.class, () -> sink.pollFlush(cx));
        InSetup.run(setup, () -> soon(sink.flush()));
        assertEquals(1, flushes.get());
        assertThrows(IllegalStateException.class, () -> sink.pollShutdown(cx));
        InSetup.run(setup, () -> soon(sink.shutdownOutput()));
        assertEquals(1, closes.get());
        assertEquals(1, flushes.get());
    }

    /** The call goes on when its reader gives up, and the next reader gets its bytes. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void cancelledReadOfABlockingStreamLosesNothing(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            var asked = new CountDownLatch(1);
            var answer = new CountDownLatch(1);
            var source = Io.fromInputStream(new InputStream() {
                private boolean given;

                @Override
                public int read() {
                    return -1;
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    asked.countDown();
                    try {
                        answer.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                    into[offset] = 'x';
                    boolean first = !given;
                    given = true;
                    return first ? 1 : -1;
                }
            });
            var waker = new CountingWaker();
            var read = source.read(ByteBuffer.allocate(1));
            assertFalse(Edo.spawn(() -> read.poll(waker.cx)).await().isReady());
            asked.await();
            read.cancel();
            answer.countDown();
            assertEquals("x", soon(source.readToString()));
            assertEquals(0, waker.wakes.get());
        });
    }

    /** A task that was aborted gives its read up late, when the next one waits already. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void readOfABlockingStreamThatIsGivenUpLateLeavesTheNextOneAlone(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            var answer = new CountDownLatch(1);
            var source = Io.fromInputStream(answering(answer));
            var first = new CountingWaker();
            var second = new CountingWaker();
            var given = source.read(ByteBuffer.allocate(1));
            var next = source.read(ByteBuffer.allocate(1));
            assertFalse(given.poll(first.cx).isReady());
            assertFalse(next.poll(second.cx).isReady());
            given.cancel();
            answer.countDown();
            Eventually.until("the next read is woken", () -> second.wakes.get() == 1);
            assertEquals(1, soon(next));
            assertEquals(0, first.wakes.get());
        });
    }

    /** The same; it is given up on another thread, while the next one is being polled. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void readOfABlockingStreamThatIsGivenUpDuringTheNextPollLeavesThatAlone(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            for (int moment = 0; moment < 4; moment++) {
                var answer = new CountDownLatch(1);
                var source = Io.fromInputStream(answering(answer));
                var second = new CountingWaker();
                var given = source.read(ByteBuffer.allocate(1));
                var next = source.read(ByteBuffer.allocate(1));
                assertFalse(given.poll(new CountingWaker().cx).isReady());
                assertFalse(next.poll(second.interruptedAt(moment, given::cancel)).isReady());
                answer.countDown();
                Eventually.until("the next read is woken", () -> second.wakes.get() == 1);
                assertEquals(1, soon(next));
            }
        });
    }

    /** Reads one byte at a time, when there is an answer. */
    private static InputStream answering(CountDownLatch answer) {
        return new InputStream() {
            @Override
            public int read() {
                return -1;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                try {
                    answer.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                into[offset] = 'x';
                return 1;
            }
        };
    }

    /** The same of a write, while the one before it is in progress. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void writeToABlockingStreamThatIsGivenUpLateLeavesTheNextOneAlone(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            var room = new CountDownLatch(1);
            var taken = new ByteArrayOutputStream();
            var sink = Io.fromOutputStream(new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    try {
                        room.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                    taken.write(b);
                }
            });
            soon(sink.writeAll(bytes("a")));
            var first = new CountingWaker();
            var second = new CountingWaker();
            var given = sink.write(bytes("lost"));
            var next = sink.write(bytes("b"));
            assertFalse(given.poll(first.cx).isReady());
            assertFalse(next.poll(second.cx).isReady());
            given.cancel();
            room.countDown();
            Eventually.until("the next write is woken", () -> second.wakes.get() == 1);
            assertEquals(1, soon(next));
            soon(sink.flush());
            assertEquals("ab", taken.toString(StandardCharsets.UTF_8));
            assertEquals(0, first.wakes.get());
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void codeThatBlocksUsesSourcesAndSinksOfEdo(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            for (boolean onPool : new boolean[] {true, false}) {
                var pair = Io.duplex(16);
                Callable<String> blocking = () -> {
                    var in = new BufferedReader(new InputStreamReader(
                            Io.asInputStream(pair.second()), StandardCharsets.UTF_8));
                    try (var out = Io.asOutputStream(pair.second())) {
                        var line = in.readLine();
                        out.write('>');
                        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                        out.flush();
                        return line;
                    }
                };
                var task = onPool ? Edo.spawnBlocking(blocking) : Edo.spawn(blocking);
                soon(pair.first().writeAll(bytes("a line that is longer than the pipe\n")));
                soon(pair.first().shutdownOutput());
                assertEquals(">a line that is longer than the pipe\n", soon(pair.first().readToString()));
                assertEquals("a line that is longer than the pipe", soon(task));
            }
        });
    }

    /** Closing says to the other side that this was all, whatever the sink itself would still take. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void closedOutputStreamTakesNothingMore(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            var pair = Io.duplex(1024);
            for (AsyncWrite sink : new AsyncWrite[] {Io.split(pair.first()).write(), Io.sink()}) {
                soon(Edo.spawnBlocking(() -> {
                    var out = Io.asOutputStream(sink);
                    out.write("hello".getBytes(StandardCharsets.UTF_8));
                    out.close();
                    out.close();
                    assertThrows(ClosedChannelException.class, () -> out.write(1));
                    assertThrows(ClosedChannelException.class, () -> out.write(new byte[2]));
                }));
            }
            assertEquals("hello", soon(pair.second().readToString()));
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void channelsOverSourcesAndSinksOfEdo(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            var pipe = Io.simplex(4);
            var writing = Edo.spawn(() -> {
                var out = Io.asWritableChannel(pipe.writer());
                assertEquals(10, out.write(bytes("0123456789")));
                assertTrue(out.isOpen());
                out.close();
                assertThrows(ClosedChannelException.class, () -> out.write(bytes("x")));
            });
            var in = Io.asReadableChannel(pipe.reader());
            var got = ByteBuffer.allocate(20);
            while (in.read(got) >= 0) {
                assertTrue(got.hasRemaining());
            }
            assertEquals("0123456789", StandardCharsets.UTF_8.decode(got.flip()).toString());
            in.close();
            assertFalse(in.isOpen());
            assertThrows(ClosedChannelException.class, () -> in.read(got));
            soon(writing);
        });
    }
}
