package dev.edo.impl.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.codec.Framed;
import dev.edo.codec.FramedParts;
import dev.edo.codec.FrameBuffer;
import dev.edo.codec.FrameTooLongException;
import dev.edo.codec.FramedRead;
import dev.edo.codec.FramedWrite;
import dev.edo.codec.LengthDelimitedCodec;
import dev.edo.codec.LinesCodec;
import dev.edo.future.Future;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Setup;
import dev.edo.net.TcpListener;
import dev.edo.net.TcpStream;
import dev.edo.time.Elapsed;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Frames over real connections, in each flavour of runtime and both styles. */
class FramedTcpTest {
    private static final int LINES = 5_000;

    /** A test's two sides, each a task. */
    @FunctionalInterface
    private interface Side {
        void run(TcpStream stream) throws Exception;
    }

    private static void connected(Setup setup, Side server, Side client) throws Exception {
        try (var running = setup.start()) {
            var test = running.handle().spawn(() -> {
                try (var listener = TcpListener.bind("127.0.0.1:0").await()) {
                    var serving = Edo.spawn(() -> {
                        try (var stream = listener.accept().await()) {
                            server.run(stream);
                        }
                    });
                    try (var stream = TcpStream.connect(listener.localAddress()).await()) {
                        client.run(stream);
                    }
                    serving.await();
                }
            });
            Eventually.returns("the end of the test", () -> test.await());
        }
    }

    /** Sends lines cut at any byte, and reads the answers at the same time. */
    private static void sendsLinesAndReadsAnswers(TcpStream stream) throws Exception {
        var random = new Random(3);
        var all = new StringBuilder();
        var expected = new ArrayList<String>();
        for (int i = 0; i < LINES; i++) {
            var line = "line " + i + " é".repeat(random.nextInt(30));
            all.append(line).append(random.nextBoolean() ? "\r\n" : "\n");
            expected.add("echo: " + line);
        }
        var bytes = all.toString().getBytes(StandardCharsets.UTF_8);
        var halves = stream.split();
        var writer = Edo.spawn(() -> {
            try (var out = halves.write()) {
                for (int at = 0; at < bytes.length;) {
                    int n = Math.min(bytes.length - at, 1 + random.nextInt(20_000));
                    out.writeAll(ByteBuffer.wrap(bytes, at, n)).await();
                    at += n;
                }
                out.shutdownOutput().await();
            }
        });
        try (var in = halves.read()) {
            assertEquals(expected, new FramedRead<>(in, new LinesCodec(1000)).toList().await());
        }
        writer.await();
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void pipelinedLinesAreAnsweredInOrder(Setup setup) throws Exception {
        connected(setup, stream -> {
            var framed = new Framed<>(stream, new LinesCodec(1000));
            for (var first = framed.next().await(); first != null; first = framed.next().await()) {
                for (var line = first; line != null; line = framed.nextBuffered()) {
                    framed.feed("echo: " + line).await();
                }
                framed.flush().await();
            }
            framed.close().await();
        }, FramedTcpTest::sendsLinesAndReadsAnswers);
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void stacklessServerAnswersToo(Setup setup) throws Exception {
        connected(setup, stream -> {
            var framed = new Framed<>(stream, new LinesCodec(1000));
            Future<@Nullable Void> answers = framed.reader()
                    .then(line -> framed.send("echo: " + line).map(_ -> line))
                    .forEach(_ -> {})
                    .then(_ -> framed.close());
            Edo.spawn(answers).await();
        }, FramedTcpTest::sendsLinesAndReadsAnswers);
    }

    /** Both sides send far more than the kernel buffers, and neither reads before its own frames were fed. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void largeFramesGoBothWaysAtOnce(Setup setup) throws Exception {
        Side side = stream -> {
            var halves = stream.split();
            var codec = new LengthDelimitedCodec();
            var framed = new Framed<>(new FramedParts<>(
                    halves.read(), halves.write(), codec, new FrameBuffer(), new FrameBuffer()));
            var frames = frames();
            var sending = Edo.spawn(() -> {
                for (var frame : frames) {
                    framed.writer().feed(frame).await();
                }
                framed.writer().close().await();
            });
            for (var frame : frames) {
                assertArrayEquals(frame, framed.reader().next().await());
            }
            assertNull(framed.reader().next().await());
            sending.await();
            halves.read().close();
            halves.write().close();
        };
        connected(setup, side, side);
    }

    private static List<byte[]> frames() {
        var random = new Random(8);
        var frames = new ArrayList<byte[]>();
        for (int size : new int[] {0, 1, 3_000_000, 17, 70_000, 0, 500_000, 5}) {
            var frame = new byte[size];
            random.nextBytes(frame);
            frames.add(frame);
        }
        return frames;
    }

    /** A read that was given up in the middle of a frame has lost none of it. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void readsThatTimedOutLoseNoBytes(Setup setup) throws Exception {
        int pieces = 40;
        connected(setup, stream -> {
            for (int i = 0; i < pieces; i++) {
                stream.writeAll(ByteBuffer.wrap(new byte[] {(byte) ('a' + i % 26)})).await();
                Edo.sleep(Duration.ofMillis(2)).await();
            }
            stream.writeAll(ByteBuffer.wrap(new byte[] {'\n'})).await();
        }, stream -> {
            var reader = new FramedRead<>(stream, new LinesCodec());
            int givenUp = 0;
            while (true) {
                try {
                    var line = reader.next().timeout(Duration.ofMillis(1)).await();
                    assertNotNull(line);
                    assertEquals(pieces, line.length());
                    assertTrue(line.startsWith("abcdefghij"), line);
                    break;
                } catch (Elapsed e) {
                    givenUp++;
                }
            }
            assertTrue(givenUp > 0, "each piece is later than the limit");
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void connectionThatEndsInsideAFrameIsAnError(Setup setup) throws Exception {
        connected(setup, stream -> {
            stream.writeAll(ByteBuffer.wrap(new byte[] {0, 0, 0, 2, 'o', 'k', 0, 0, 0, 9, 'x'})).await();
        }, stream -> {
            var reader = LengthDelimitedCodec.builder().newRead(stream);
            assertArrayEquals(new byte[] {'o', 'k'}, reader.next().await());
            var e = assertThrows(EOFException.class, () -> reader.next().await());
            assertTrue(e.getMessage().contains("missing=8 bytes"), e::getMessage);
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void announcedFrameBeyondTheLimitIsRejectedBeforeItComes(Setup setup) throws Exception {
        connected(setup, stream -> {
            stream.writeAll(ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE).flip()).await();
            assertEquals(-1, stream.read(ByteBuffer.allocate(1)).await(), "the other side hangs up");
        }, stream -> {
            var reader = LengthDelimitedCodec.builder().newRead(stream);
            var e = assertThrows(FrameTooLongException.class, () -> reader.next().await());
            assertEquals(Integer.MAX_VALUE, e.length());
        });
    }

    /** The writer waits in feed for the reader; nothing is lost when that feed is given up. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void feedWaitsForASlowReader(Setup setup) throws Exception {
        var frame = new byte[100_000];
        Arrays.fill(frame, (byte) 7);
        connected(setup, stream -> {
            var writer = new FramedWrite<>(stream, new LengthDelimitedCodec());
            int sent = 0;
            try {
                while (true) {
                    writer.feed(frame).timeout(Duration.ofMillis(50)).await();
                    sent++;
                }
            } catch (Elapsed full) {
                assertTrue(sent > 0);
            }
            writer.feed(ByteBuffer.allocate(4).putInt(sent).array()).await();
            writer.close().await();
            assertEquals(-1, stream.read(ByteBuffer.allocate(1)).await());
        }, stream -> {
            Edo.sleep(Duration.ofMillis(300)).await();
            var reader = new FramedRead<>(stream, new LengthDelimitedCodec());
            int received = 0;
            byte[] last = null;
            for (var next = reader.next().await(); next != null; next = reader.next().await()) {
                if (next.length == 4) {
                    last = next;
                } else {
                    assertArrayEquals(frame, next);
                    received++;
                }
            }
            assertNotNull(last);
            assertEquals(ByteBuffer.wrap(last).getInt(), received);
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void resetConnectionIsAnIOException(Setup setup) throws Exception {
        connected(setup, stream -> {
            assertEquals(1, stream.read(ByteBuffer.allocate(1)).await());
            stream.setZeroLinger();
        }, stream -> {
            var reader = new FramedRead<>(stream, new LinesCodec());
            stream.writeAll(ByteBuffer.wrap(new byte[1])).await();
            assertThrows(IOException.class, () -> reader.next().await());
            assertNull(reader.next().await(), "the frames end once after a failure");
        });
    }
}
