package dev.edo.impl.net;

import static dev.edo.impl.net.InRuntime.bytes;
import static dev.edo.impl.net.InRuntime.soon;
import static dev.edo.impl.net.InRuntime.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edo.Edo;
import dev.edo.impl.net.InRuntime.Pair;
import dev.edo.io.Io;
import dev.edo.net.TcpListener;
import dev.edo.net.TcpStream;
import dev.edo.task.Action;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes in comes out, byte for byte, whatever the buffers are and however they are cut. */
class TcpEchoTest {
    private static final int TOTAL = 2_000_000;

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void echoIsByteExactWithRandomSizes(boolean direct, boolean multiThread) throws Exception {
        var random = new Random(42);
        var sent = new byte[TOTAL];
        random.nextBytes(sent);
        run(multiThread, () -> {
            try (var listener = TcpListener.bind("127.0.0.1:0").await()) {
                var server = Edo.spawn(() -> {
                    try (var stream = listener.accept().await()) {
                        var buffer = buffer(direct, 16 * 1024);
                        while (stream.read(buffer).await() >= 0) {
                            stream.writeAll(buffer.flip()).await();
                            buffer.clear();
                        }
                        stream.shutdownOutput().await();
                    }
                });
                try (var client = soon(TcpStream.connect(listener.localAddress()))) {
                    var halves = client.split();
                    var writer = Edo.spawn(() -> {
                        try (var out = halves.write()) {
                            int at = 0;
                            while (at < TOTAL) {
                                int length = Math.min(TOTAL - at, 1 + random.nextInt(100_000));
                                var part = buffer(direct, length).put(sent, at, length).flip();
                                out.writeAll(part).await();
                                at += length;
                            }
                        }
                    });
                    var received = new ByteArrayOutputStream();
                    try (var in = halves.read()) {
                        var sizes = new Random(7);
                        while (true) {
                            var buffer = buffer(direct, 1 + sizes.nextInt(90_000));
                            if (soon(in.read(buffer)) < 0) {
                                break;
                            }
                            var bytes = new byte[buffer.flip().remaining()];
                            buffer.get(bytes);
                            received.write(bytes);
                        }
                    }
                    soon(writer);
                    assertArrayEquals(sent, received.toByteArray());
                }
                soon(server);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void vectoredTransferIsByteExactOverMixedBuffers(boolean multiThread) throws Exception {
        var random = new Random(1);
        var sent = new byte[TOTAL];
        random.nextBytes(sent);
        run(multiThread, () -> {
            try (var pair = Pair.connected()) {
                var writer = Edo.spawn(() -> {
                    int at = 0;
                    while (at < TOTAL) {
                        var srcs = new ArrayList<ByteBuffer>();
                        int end = at;
                        for (int i = 0; i < 100 && end < TOTAL; i++) {
                            int length = Math.min(TOTAL - end, random.nextInt(5_000));
                            srcs.add(buffer(random.nextBoolean(), length).put(sent, end, length).flip());
                            end += length;
                        }
                        var array = srcs.toArray(ByteBuffer[]::new);
                        int n = pair.client().write(array).await();
                        int left = srcs.stream().mapToInt(ByteBuffer::remaining).sum();
                        assertEquals(end - at - left, n, "the positions move by what was written");
                        at += n;
                    }
                    pair.client().shutdownOutput().await();
                });
                var received = new ByteArrayOutputStream();
                var sizes = new Random(2);
                while (true) {
                    var dsts = new ByteBuffer[1 + sizes.nextInt(80)];
                    for (int i = 0; i < dsts.length; i++) {
                        dsts[i] = buffer(sizes.nextBoolean(), sizes.nextInt(3_000));
                    }
                    dsts[0] = buffer(true, 10);
                    int n = soon(pair.server().read(dsts));
                    if (n < 0) {
                        break;
                    }
                    int moved = 0;
                    for (var dst : dsts) {
                        var bytes = new byte[dst.flip().remaining()];
                        dst.get(bytes);
                        received.write(bytes);
                        moved += bytes.length;
                    }
                    assertEquals(n, moved, "the positions move by what was read");
                }
                soon(writer);
                assertArrayEquals(sent, received.toByteArray());
            }
        });
    }

    /** The smallest echo server: the halves of one connection, copied into each other. */
    @ParameterizedTest
    @CsvSource({"true, 1024", "false, 1024", "true, 0", "false, 0"})
    void copyOfTheHalvesIsAnEcho(boolean multiThread, int messages) throws Exception {
        run(multiThread, () -> {
            try (var pair = Pair.connected()) {
                var client = Edo.spawn(() -> {
                    for (int i = 0; i < messages; i++) {
                        pair.client().writeAll(bytes("foo bar baz")).await();
                        var answer = ByteBuffer.allocate(11);
                        pair.client().readExact(answer).await();
                        assertEquals("foo bar baz", text(answer));
                    }
                    pair.client().shutdownOutput().await();
                    assertEquals(-1, pair.client().read(ByteBuffer.allocate(1)).await());
                });
                var halves = pair.server().split();
                assertEquals(11L * messages, soon(Io.copy(halves.read(), halves.write())));
                halves.write().close();
                soon(client);
                halves.read().close();
            }
        });
    }

    /** Many small writes on one side are few large ones on the other, and all of them. */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void copyMovesOneConnectionIntoAnother(boolean multiThread) throws Exception {
        run(multiThread, () -> {
            try (var from = Pair.connected(); var to = Pair.connected()) {
                var writer = Edo.spawn(() -> {
                    for (int i = 0; i < 1024; i++) {
                        from.client().writeAll(bytes("foo bar baz")).await();
                    }
                    from.client().close();
                });
                var reader = Edo.spawn(() -> to.client().readToString().await());
                assertEquals(11L * 1024, soon(Io.copy(from.server(), to.server())));
                soon(to.server().shutdownOutput());
                assertEquals("foo bar baz".repeat(1024), soon(reader));
                soon(writer);
            }
        });
    }

    private static void run(boolean multiThread, Action body) throws Exception {
        if (multiThread) {
            InRuntime.multiThread(body);
        } else {
            InRuntime.currentThread(body);
        }
    }

    private static ByteBuffer buffer(boolean direct, int length) {
        return direct ? ByteBuffer.allocateDirect(length) : ByteBuffer.allocate(length);
    }
}
