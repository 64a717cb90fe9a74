package dev.edo.io;

import static dev.edo.io.TestContext.bytes;
import static dev.edo.io.TestContext.complete;
import static dev.edo.io.TestContext.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.codec.FramedWrite;
import dev.edo.codec.Sink;
import dev.edo.future.Context;
import dev.edo.stream.Stream;
import dev.edo.sync.Mpsc;
import dev.edo.sync.MpscSendError;
import dev.edo.sync.PollSender;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Between sources and sinks of bytes and those of buffers. */
class StreamBridgeTest {
    private final TestContext cx = new TestContext();

    @Test
    void piecesOfASourceStayAsTheyAreWhenMoreIsRead() throws Exception {
        var source = FakeStream.reading("abc").thenRead(FakeStream.PENDING).thenRead("defgh".getBytes());
        var stream = Io.stream(source, 5);
        var first = stream.pollNext(cx);
        assertNull(stream.pollNext(cx));
        assertFalse(stream.isTerminated());
        var second = stream.pollNext(cx);
        var third = stream.pollNext(cx);
        assertEquals("abc", text(first));
        assertEquals("de", text(second));
        assertEquals("fgh", text(third));
        first.put(0, (byte) 'X');
        assertEquals("de", text(second));
        assertNull(stream.pollNext(cx));
        assertTrue(stream.isTerminated());
        assertNull(stream.pollNext(cx));
        assertThrows(IllegalArgumentException.class, () -> Io.stream(source, 0));
    }

    @Test
    void streamEndsWithItsFirstFailure() throws Exception {
        var source = FakeStream.reading("abc", "def");
        source.failAtStep = 1;
        var stream = Io.stream(source);
        assertEquals("abc", text(stream.pollNext(cx)));
        assertThrows(IOException.class, () -> stream.pollNext(cx));
        assertTrue(stream.isTerminated());
        assertNull(stream.pollNext(cx));
    }

    @Test
    void cancelledStreamForgetsItsWaker() throws Exception {
        var source = FakeStream.reading().thenRead(FakeStream.PENDING);
        var stream = Io.stream(source);
        assertNull(stream.pollNext(cx));
        stream.cancel();
        assertFalse(source.hasWakers());
        assertTrue(stream.isTerminated());
    }

    /** Null in the script is pending; whoever polls behind the end fails the test. */
    private static final class Scripted implements Stream<ByteBuffer> {
        private final Queue<List<String>> script;
        private boolean ended;
        private int failures;

        Scripted(int failures, List<List<String>> script) {
            this.script = new ArrayDeque<>(script);
            this.failures = failures;
        }

        @Override
        public @Nullable ByteBuffer pollNext(Context cx) throws Exception {
            assertFalse(ended, "polled behind the end");
            var next = script.poll();
            if (next == null) {
                if (failures-- > 0) {
                    throw new Exception("checked");
                }
                ended = true;
                return null;
            }
            return next.isEmpty() ? null : bytes(next.getFirst());
        }

        @Override
        public boolean isTerminated() {
            return ended;
        }

        @Override
        public void cancel() {
            ended = true;
        }
    }

    @Test
    void elementsAreReadOneAfterTheOther() throws Exception {
        var reader = Io.reader(new Scripted(0, List.of(
                List.of(""), List.of("ab"), List.of(), List.of("c\n"), List.of(""), List.of("def"))));
        assertEquals("ab", text(cx.now(reader.fillBuf())));
        assertEquals(1, cx.now(reader.read(ByteBuffer.allocate(1))));
        assertEquals("bc", complete(reader.readLine()));
        assertThrows(IllegalArgumentException.class, () -> reader.consume(1));
        assertEquals("def", complete(reader.readToString()));
        assertEquals(-1, cx.now(reader.read(ByteBuffer.allocate(1))), "the stream is not asked again");
        assertEquals(0, cx.now(reader.read(ByteBuffer.allocate(0))));
    }

    @Test
    void failureOfTheStreamIsAnIoExceptionWithItsCause() throws Exception {
        var reader = Io.reader(new Scripted(1, List.of(List.of("ab"))));
        assertEquals(2, cx.now(reader.read(ByteBuffer.allocate(9))));
        var thrown = assertThrows(IOException.class, () -> cx.now(reader.read(ByteBuffer.allocate(9))));
        assertEquals("checked", thrown.getCause().getMessage());
        assertEquals(-1, cx.now(reader.read(ByteBuffer.allocate(9))));
    }

    @Test
    void eachWriteIsAnItemOfItsOwn() throws Exception {
        var items = new ArrayDeque<ByteBuffer>();
        var closed = new boolean[1];
        var sink = new Sink<ByteBuffer>() {
            @Override
            public boolean pollReady(Context cx) {
                return items.size() < 2;
            }

            @Override
            public void startSend(ByteBuffer item) {
                items.add(item);
            }

            @Override
            public boolean pollFlush(Context cx) {
                return items.isEmpty();
            }

            @Override
            public boolean pollClose(Context cx) {
                closed[0] = true;
                return true;
            }
        };
        var writer = Io.writer(sink);
        var src = bytes("abc");
        assertEquals(3, cx.now(writer.write(src)));
        assertFalse(src.hasRemaining());
        src.put(0, (byte) 'X');
        assertEquals(1, cx.now(writer.write(bytes("d"))));
        assertFalse(writer.write(bytes("e")).poll(cx).isReady());
        assertFalse(writer.flush().poll(cx).isReady());
        assertEquals("abc", text(items.remove()));
        assertEquals("d", text(items.remove()));
        cx.now(writer.flush());
        cx.now(writer.shutdownOutput());
        assertTrue(closed[0]);
    }

    /** A sink of buffers that is itself a writer of frames: two writes are two frames. */
    @Test
    void whatIsWrittenCanBeFramesOfAnotherWriter() throws Exception {
        var out = new FakeStream();
        var frames = new FramedWrite<ByteBuffer>(out, (item, dst) -> {
            dst.put((byte) item.remaining());
            dst.put(item);
        });
        var writer = Io.writer(frames);
        assertEquals(3, cx.now(writer.write(bytes("abc"))));
        assertEquals(2, cx.now(writer.write(bytes("de"))));
        assertEquals("", out.text());
        cx.now(writer.flush());
        assertEquals("\3abc\2de", out.text());
    }

    /** A channel as a sink: full, it keeps the writer waiting; without a receiver it is a broken pipe. */
    @Test
    void whatIsWrittenCanBeMessagesOfAChannel() throws Exception {
        var channel = Mpsc.<ByteBuffer>bounded(1);
        var sender = new PollSender<>(channel.sender());
        var writer = Io.writer(new Sink<ByteBuffer>() {
            @Override
            public boolean pollReady(Context cx) throws IOException {
                try {
                    return sender.pollReserve(cx).isReady();
                } catch (MpscSendError e) {
                    throw new IOException("nobody receives", e);
                }
            }

            @Override
            public void startSend(ByteBuffer item) throws IOException {
                try {
                    sender.sendItem(item);
                } catch (MpscSendError e) {
                    throw new IOException("nobody receives", e);
                }
            }

            @Override
            public boolean pollFlush(Context cx) {
                return true;
            }

            @Override
            public boolean pollClose(Context cx) {
                sender.close();
                return true;
            }
        });
        assertEquals(4, cx.now(writer.write(bytes("abcd"))));
        var waiting = writer.write(bytes("ef"));
        assertFalse(waiting.poll(cx).isReady());
        assertEquals("abcd", text(Objects.requireNonNull(complete(channel.receiver().recv()))));
        assertTrue(cx.wakes.get() > 0);
        assertEquals(2, cx.now(waiting));
        assertEquals("ef", text(Objects.requireNonNull(complete(channel.receiver().recv()))));
        channel.receiver().close();
        assertThrows(IOException.class, () -> cx.now(writer.write(bytes("g"))));
    }
}
