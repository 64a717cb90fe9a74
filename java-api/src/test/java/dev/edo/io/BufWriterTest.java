package dev.edo.io;

import static dev.edo.io.TestContext.bytes;
import static dev.edo.io.TestContext.complete;
import static dev.edo.io.TestContext.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class BufWriterTest {
    private final TestContext cx = new TestContext();
    private final FakeStream sink = new FakeStream();
    private final BufWriter<FakeStream> writer = new BufWriter<>(sink, 4);

    private static ByteBuffer[] all(String... texts) {
        var buffers = new ByteBuffer[texts.length];
        for (int i = 0; i < texts.length; i++) {
            buffers[i] = bytes(texts[i]);
        }
        return buffers;
    }

    @Test
    void collectsUntilTheBufferIsTooSmallForTheNextWrite() throws Exception {
        complete(writer.writeAll(bytes("ab")));
        assertEquals("", sink.text());
        assertEquals("ab", text(writer.buffered()));
        complete(writer.writeAll(bytes("cd")));
        assertEquals("", sink.text(), "full is not too full");
        complete(writer.writeAll(bytes("e")));
        assertEquals("abcd", sink.text());
        assertEquals("e", text(writer.buffered()));
        complete(writer.writeAll(bytes("0123456")));
        assertEquals("abcde0123456", sink.text(), "a large write goes past the buffer, behind what is in it");
        assertEquals(0, cx.now(writer.write(bytes(""))));
        assertEquals(List.of("write", "write", "write"), sink.log);
    }

    @Test
    void flushHandsOnAndFlushesTheSink() throws Exception {
        complete(writer.writeAll(bytes("a")));
        complete(writer.flush());
        assertEquals("a", sink.text());
        assertEquals(1, sink.flushes);
        complete(writer.flush());
        assertEquals(2, sink.flushes);
    }

    @Test
    void shutdownHandsOnAndShutsTheSinkDown() throws Exception {
        complete(writer.writeAll(bytes("a")));
        complete(writer.shutdownOutput());
        assertEquals("a", sink.text());
        assertEquals(1, sink.shutdowns);
    }

    @Test
    void whatAFailedOrCancelledFlushDidNotHandOnStays() throws Exception {
        complete(writer.writeAll(bytes("ab")));
        complete(writer.writeAll(bytes("cd")));
        sink.writing(1, 2);
        sink.failAtStep = 2;
        assertThrows(IOException.class, () -> complete(writer.flush()));
        assertEquals("abc", sink.text());
        assertEquals("d", text(writer.buffered()));
        sink.writing(-1);
        var flush = writer.flush();
        assertFalse(flush.poll(cx).isReady());
        flush.cancel();
        assertFalse(sink.hasWakers());
        complete(writer.flush());
        assertEquals("abcd", sink.text());
    }

    @Test
    void sinkThatTakesNoMoreFailsTheFlush() throws Exception {
        complete(writer.writeAll(bytes("abc")));
        sink.writing(1, 0);
        var thrown = assertThrows(IOException.class, () -> complete(writer.flush()));
        assertTrue(thrown.getMessage().contains("buffered=2"), thrown.getMessage());
        complete(writer.flush());
        assertEquals("abc", sink.text());
    }

    @Test
    void pendingWriteHasTakenNothing() throws Exception {
        complete(writer.writeAll(bytes("abc")));
        sink.writing(1, -1);
        var src = bytes("xy");
        var write = writer.write(src);
        assertFalse(write.poll(cx).isReady());
        assertEquals(2, src.remaining());
        write.cancel();
        complete(writer.writeAll(src));
        complete(writer.flush());
        assertEquals("abcxy", sink.text());
    }

    @Test
    void severalBuffersForASinkThatTakesOneAtATime() throws Exception {
        assertTrue(writer.isWriteVectored());
        assertEquals(0, cx.now(writer.write(all())));
        assertEquals(0, cx.now(writer.write(all("", ""))));
        assertEquals(4, cx.now(writer.write(all("", "a", "", "bcd", "e"))), "those that fit, and no part of one");
        assertEquals("", sink.text());
        assertEquals("abcd", text(writer.buffered()));
        assertEquals(5, cx.now(writer.write(all("", "01234", "5"))), "a first one that is large goes alone");
        assertEquals("abcd01234", sink.text());
    }

    @Test
    void severalBuffersForASinkThatTakesSeveral() throws Exception {
        sink.vectored = true;
        assertEquals(0, cx.now(writer.write(all())));
        assertEquals(0, cx.now(writer.write(all("", "", ""))));
        assertEquals(0, writer.buffered().remaining());
        assertEquals(3, cx.now(writer.write(all("a", "", "bc"))));
        assertEquals("abc", text(writer.buffered()));
        assertEquals(2, cx.now(writer.write(all("d", "e"))));
        assertEquals("abc", sink.text());
        assertEquals("de", text(writer.buffered()));
        assertEquals(6, cx.now(writer.write(all("01", "23", "45"))), "many small ones that are large together");
        assertEquals("abcde012345", sink.text());
        assertEquals(List.of("write", "write", "writev"), sink.log);
        sink.writing(5);
        assertEquals(5, cx.now(writer.write(all("ab", "cd", "ef"))), "no more than the sink took");
        assertEquals("abcde012345abcde", sink.text());
        assertEquals(0, writer.buffered().remaining());
    }

    /** Buffers that are empty, larger than that of the writer, and cut in the middle by the sink. */
    @Test
    void severalBuffersArriveWholeThroughASinkThatTakesLittle() throws Exception {
        var message = "foo bar baz";
        for (boolean vectored : new boolean[] {false, true}) {
            for (var buffers : List.of(
                    List.of(message.substring(0, 4), "", message.substring(4, 9), message.substring(9)),
                    List.of("", message.substring(0, 9), message.substring(9)))) {
                var small = new FakeStream().writing(4, 4, 4, 4, 4, 4, 4, 4);
                small.vectored = vectored;
                var through = new BufWriter<>(small, 8);
                var srcs = all(buffers.toArray(String[]::new));
                complete(through.writeAll(srcs));
                for (var src : srcs) {
                    assertFalse(src.hasRemaining());
                }
                complete(through.flush());
                assertEquals(message, small.text());
            }
        }
    }

    @Test
    void seekHandsOnWhatWasWrittenBefore() throws Exception {
        complete(writer.writeAll(bytes("ab")));
        assertEquals(2L, complete(writer.streamPosition()));
        assertEquals("ab", sink.text());
        complete(writer.writeAll(bytes("c")));
        assertEquals(1L, complete(writer.seek(SeekFrom.start(1))));
        assertEquals("abc", sink.text());
        assertEquals(1, sink.position);
        assertThrows(UnsupportedOperationException.class,
                () -> complete(new BufWriter<>(Io.simplex(1).writer()).rewind()));
    }

    @Test
    void failedSeekCanBeFollowedByAnother() throws Exception {
        complete(writer.writeAll(bytes("ab")));
        sink.failAtStep = 1;
        assertThrows(IOException.class, () -> complete(writer.seek(SeekFrom.start(1))));
        assertEquals("ab", sink.text());
        assertEquals(7L, complete(writer.seek(SeekFrom.start(7))));
    }

    @Test
    void seekThatFailsBeforeItBeginsIsOver() throws Exception {
        complete(writer.writeAll(bytes("ab")));
        sink.failAtStep = 0;
        assertThrows(IOException.class, () -> complete(writer.seek(SeekFrom.start(1))));
        assertEquals(2L, complete(writer.streamPosition()), "that begins no seek of somebody else's");
        assertEquals("ab", sink.text());
        var both = new FakeStream();
        var stream = new BufStream<>(both, 4, 4);
        complete(stream.writeAll(bytes("ab")));
        both.failAtStep = 0;
        assertThrows(IOException.class, () -> complete(stream.seek(SeekFrom.start(1))));
        assertEquals(2L, complete(stream.streamPosition()));
        assertEquals("ab", both.text());
    }

    @Test
    void writerWithADirectBufferWritesTheSame() throws Exception {
        var direct = new BufWriter<>(sink, ByteBuffer.allocateDirect(3));
        complete(direct.writeAll(bytes("ab")));
        complete(direct.writeAll(bytes("cd")));
        complete(direct.flush());
        assertEquals("abcd", sink.text());
    }

    @Test
    void streamBuffersBothDirections() throws Exception {
        var both = FakeStream.reading("line\nrest");
        var stream = new BufStream<>(both, 16, 4);
        complete(stream.writeAll(bytes("abc")));
        assertEquals("line", complete(stream.readLine()));
        assertEquals("", both.text());
        assertEquals(1L, complete(stream.seek(SeekFrom.start(1))));
        assertEquals("abc", both.text(), "seeking hands on what was written");
        assertEquals("", complete(stream.readToString()), "and drops what was read ahead");
        complete(stream.writeAll(new ByteBuffer[] {bytes("d"), bytes("e")}));
        complete(stream.shutdownOutput());
        assertEquals("abcde", both.text());
        assertEquals(both, stream.inner());
    }
}
