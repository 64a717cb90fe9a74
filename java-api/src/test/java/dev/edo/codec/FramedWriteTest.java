package dev.edo.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class FramedWriteTest {
    private static final Encoder<Integer> INTS = (number, dst) -> dst.putInt(number);
    private static final Encoder<Long> LONGS = (number, dst) -> dst.putLong(number);

    private final Script io = new Script();
    private final Context cx = io.context();

    private <T> void feed(FramedWrite<T> writer, T frame) throws IOException {
        assertTrue(writer.pollReady(cx));
        writer.startSend(frame);
    }

    @Test
    void framesAreWrittenWhenFlushed() throws IOException {
        io.data("\0\0\0\0\0\0\0\u0001\0\0\0\u0002");
        var writer = new FramedWrite<>(io, INTS);
        feed(writer, 0);
        feed(writer, 1);
        feed(writer, 2);
        assertFalse(io.isDone());
        assertEquals(12, writer.writeBuffer().length());
        assertTrue(writer.pollFlush(cx));
        assertTrue(io.isDone());
        assertTrue(writer.writeBuffer().isEmpty());
    }

    @Test
    void anotherEncoderGoesOnBehindWhatIsBuffered() throws IOException {
        io.data("\0\0\0\u0004\0\0\0\0\0\0\0\u0008");
        var ints = new FramedWrite<>(io, INTS);
        ints.setBackpressureBoundary(77);
        feed(ints, 4);
        var longs = ints.mapEncoder(_ -> LONGS);
        assertEquals(77, longs.backpressureBoundary());
        feed(longs, 8L);
        assertFalse(io.isDone());
        assertTrue(longs.pollFlush(cx));
        assertTrue(io.isDone());
    }

    @Test
    void mappedEncoderEncodesWhatTheFunctionMakes() throws IOException {
        io.data("\0\0\0\u0003");
        var writer = new FramedWrite<>(io, INTS.<String>mapEncode(String::length));
        feed(writer, "abc");
        assertTrue(writer.pollFlush(cx));
        assertTrue(io.isDone());
    }

    /** Frames up to the boundary are taken; the next one waits until all of them have been written. */
    @Test
    void fullBufferIsWrittenBeforeTheNextFrameIsTaken() throws IOException {
        int frames = 4096;
        var expected = new FrameBuffer();
        for (int i = 0; i <= frames; i++) {
            expected.putInt(i);
        }
        io.pending();
        while (expected.length() > 4) {
            io.data(expected.readBytes(2048));
        }
        io.flushed().data(expected.readBytes(4)).flushed();
        var writer = new FramedWrite<>(io, INTS);
        writer.setBackpressureBoundary(4 * frames);
        for (int i = 0; i < frames; i++) {
            feed(writer, i);
        }
        assertFalse(writer.pollReady(cx), "the sink is full");
        assertTrue(writer.pollReady(cx));
        writer.startSend(frames);
        assertTrue(writer.pollFlush(cx));
        assertTrue(io.isDone());
    }

    @Test
    void boundaryIsPositive() {
        var writer = new FramedWrite<>(io, INTS);
        assertEquals(8 * 1024, writer.backpressureBoundary());
        assertThrows(IllegalArgumentException.class, () -> writer.setBackpressureBoundary(0));
    }

    @Test
    void frameThatCannotBeEncodedLeavesNothing() throws IOException {
        var writer = new FramedWrite<Integer>(io, (number, dst) -> {
            dst.putInt(number);
            if (number < 0) {
                throw new CodecException("number=" + number, true);
            }
        });
        writer.startSend(1);
        assertThrows(CodecException.class, () -> writer.startSend(-1));
        writer.startSend(2);
        io.data("\0\0\0\u0001\0\0\0\u0002");
        assertTrue(writer.pollFlush(cx));
        assertTrue(io.isDone());
    }

    @Test
    void closeFlushesAndEndsTheSink() throws IOException {
        io.data("\0\0\0\u0001").flushed().pending().flushed().ended();
        var writer = new FramedWrite<>(io, INTS);
        feed(writer, 1);
        assertFalse(writer.pollClose(cx), "the sink was not ready to end");
        assertTrue(writer.pollClose(cx));
        assertTrue(io.isDone());
    }

    @Test
    void feedTakesAndSendAlsoFlushes() throws IOException {
        var writer = new FramedWrite<>(io, INTS);
        var feed = writer.feed(1);
        assertEquals(Poll.ready(), feed.poll(cx));
        assertThrows(IllegalStateException.class, () -> feed.poll(cx));
        io.pending().data("\0\0\0\u0001\0\0\0\u0002").pending().flushed();
        var send = writer.send(2);
        assertEquals(Poll.pending(), send.poll(cx));
        assertEquals(Poll.pending(), send.poll(cx), "the frame is not sent twice");
        assertEquals(Poll.ready(), send.poll(cx));
        assertTrue(io.isDone());
        assertThrows(IllegalStateException.class, () -> send.poll(cx));
    }

    @Test
    @SuppressWarnings("NullAway") // that is the test
    void nothingCannotBeFed() {
        assertThrows(NullPointerException.class, () -> new FramedWrite<>(io, INTS).feed(null));
    }

    @Test
    void cancelledFeedHasTakenNothing() throws IOException {
        Waker waker = () -> {};
        var writer = new FramedWrite<>(io, INTS);
        writer.setBackpressureBoundary(1);
        writer.startSend(1);
        io.pending().data("\0\0\0\u0001");
        var feed = writer.feed(2);
        assertEquals(Poll.pending(), feed.poll(Context.of(waker)));
        feed.cancel();
        assertSame(waker, io.cancelledWrite);
        io.cancelledWrite = null;
        feed.cancel();
        assertNull(io.cancelledWrite);
        assertTrue(writer.pollFlush(cx));
        assertTrue(io.isDone());
    }

    @Test
    void cancelledSendIsFinishedByTheNextFlush() throws IOException {
        var writer = new FramedWrite<>(io, INTS);
        io.data("\0\0").pending().data("\0\u0001");
        var send = writer.send(1);
        assertEquals(Poll.pending(), send.poll(cx));
        send.cancel();
        assertEquals(Poll.ready(), writer.flush().poll(cx));
        assertTrue(io.isDone());
    }

    @Test
    void flushAndCloseAreFuturesForOneUse() throws IOException {
        io.pending().flushed().flushed().pending().flushed().ended();
        var writer = new FramedWrite<>(io, INTS);
        var flush = writer.flush();
        assertEquals(Poll.pending(), flush.poll(cx));
        assertEquals(Poll.ready(), flush.poll(cx));
        assertThrows(IllegalStateException.class, () -> flush.poll(cx));
        var close = writer.close();
        assertEquals(Poll.pending(), close.poll(cx));
        close.cancel();
        assertSame(cx.waker(), io.cancelledWrite);
        assertEquals(Poll.ready(), writer.close().poll(cx));
        assertTrue(io.isDone());
    }

    @Test
    void failuresOfTheSinkArePassedOnAndSpendTheFuture() throws IOException {
        io.failure("broken").data("\0\0\0\u0001");
        var writer = new FramedWrite<>(io, INTS);
        var send = writer.send(1);
        assertEquals("broken", assertThrows(IOException.class, () -> send.poll(cx)).getMessage());
        assertThrows(IllegalStateException.class, () -> send.poll(cx));
        assertEquals(Poll.ready(), writer.flush().poll(cx), "what was not written is still there");
        assertTrue(io.isDone());
    }
}
