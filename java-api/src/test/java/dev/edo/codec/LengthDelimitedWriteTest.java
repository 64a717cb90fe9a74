package dev.edo.codec;

import static dev.edo.codec.Script.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class LengthDelimitedWriteTest {
    private static final String NINE = "\0\0\0\u0009abcdefghi";

    private final Script io = new Script();

    private static LengthDelimitedBuilder builder() {
        return LengthDelimitedCodec.builder();
    }

    private void feed(FramedWrite<byte[]> writer, String frame) throws IOException {
        assertTrue(writer.pollReady(io.context()));
        writer.startSend(bytes(frame));
    }

    private void flush(FramedWrite<byte[]> writer) throws IOException {
        assertTrue(writer.pollFlush(io.context()));
    }

    /** One frame, and all of the script is done then. */
    private void writes(LengthDelimitedBuilder builder, String expected) throws IOException {
        io.data(expected).flushed();
        var writer = builder.newWrite(io);
        feed(writer, "abcdefghi");
        flush(writer);
        assertTrue(io.isDone());
    }

    @Test
    void nothingYieldsNothing() throws IOException {
        flush(builder().newWrite(io));
    }

    @Test
    void frameFollowsItsLength() throws IOException {
        writes(builder(), NINE);
    }

    @Test
    void lengthMayCountTheHead() throws IOException {
        writes(builder().lengthAdjustment(-2), "\0\0\0\u000babcdefghi");
    }

    @Test
    void lowestByteMayComeFirst() throws IOException {
        writes(builder().littleEndian(), "\u0009\0\0\0abcdefghi");
    }

    @Test
    void lengthFieldMayBeShort() throws IOException {
        writes(builder().lengthFieldLength(1), "\u0009abcdefghi");
    }

    @Test
    void manyFramesAreWrittenAtOnce() throws IOException {
        io.data(NINE + "\0\0\0\u0003123" + "\0\0\0\u000bhello world").flushed();
        var writer = builder().newWrite(io);
        feed(writer, "abcdefghi");
        feed(writer, "123");
        feed(writer, "hello world");
        flush(writer);
        assertTrue(io.isDone());
    }

    @Test
    void framesMayBeFlushedOneByOne() throws IOException {
        io.data(NINE).flushed().data("\0\0\0\u0003123").flushed().data("\0\0\0\u000bhello world").flushed();
        var writer = builder().newWrite(io);
        for (var frame : new String[] {"abcdefghi", "123", "hello world"}) {
            feed(writer, frame);
            flush(writer);
        }
        assertTrue(io.isDone());
    }

    @Test
    void flushGoesOnWhereTheSinkWasFull() throws IOException {
        io.pending().data("\0\0").pending().data("\0\u0009").data("abcdefghi").flushed();
        var writer = builder().newWrite(io);
        feed(writer, "abcdefghi");
        assertFalse(writer.pollFlush(io.context()));
        assertFalse(writer.pollFlush(io.context()));
        flush(writer);
        assertTrue(io.isDone());
    }

    @Test
    void framesBeyondTheLimitAreNotTaken() {
        var writer = builder().maxFrameLength(5).newWrite(io);
        var e = assertThrows(FrameTooLongException.class, () -> feed(writer, "abcdef"));
        assertEquals(6, e.length());
        assertEquals(5, e.limit());
        assertTrue(writer.writeBuffer().isEmpty());
    }

    @Test
    void newLimitHoldsForTheNextFrame() throws IOException {
        io.data("\0\0\0\u0006ab").pending().data("cdef").flushed();
        var codec = new LengthDelimitedCodec();
        var writer = new FramedWrite<>(io, codec);
        feed(writer, "abcdef");
        assertFalse(writer.pollFlush(io.context()));
        codec.setMaxFrameLength(5);
        flush(writer);
        assertThrows(FrameTooLongException.class, () -> feed(writer, "abcdef"));
        assertTrue(io.isDone());
    }

    @Test
    void sinkThatTakesNothingIsAnError() throws IOException {
        var writer = builder().newWrite(io);
        feed(writer, "abcdef");
        var e = assertThrows(IOException.class, () -> flush(writer));
        assertTrue(e.getMessage().contains("left=10 bytes"), e::getMessage);
    }

    @Test
    void fullBufferGrowsForTheLengthField() throws IOException {
        var buffer = new FrameBuffer(1024);
        buffer.put(new byte[1024]);
        new LengthDelimitedCodec().encode(bytes("hello"), buffer);
        assertEquals(1024 + 9, buffer.length());
    }

    @Test
    void limitIsCutDownToWhatTheFieldCanHold() throws IOException {
        assertEquals(255, builder().lengthFieldLength(1).maxFrameLength(256).build().maxFrameLength());
        assertEquals(254, builder().lengthFieldLength(1).lengthAdjustment(-1).build().maxFrameLength());
        assertEquals(256, builder().lengthFieldLength(1).lengthAdjustment(1).build().maxFrameLength());
        for (int size = 4; size <= 8; size++) {
            var builder = builder().lengthFieldLength(size);
            assertEquals(FrameBuffer.MAX_CAPACITY,
                    builder.maxFrameLength(Integer.MAX_VALUE).build().maxFrameLength());
            assertEquals(10, builder.maxFrameLength(10).build().maxFrameLength());
        }
    }

    @Test
    void limitThatIsSetLaterIsCutDownToo() throws IOException {
        for (int adjustment = -1; adjustment <= 1; adjustment++) {
            int longest = 255 + adjustment;
            var codec = builder().lengthFieldLength(1).lengthAdjustment(adjustment).build();
            codec.setMaxFrameLength(1_000);
            assertEquals(longest, codec.maxFrameLength());
            var buffer = new FrameBuffer();
            codec.encode(new byte[longest], buffer);
            assertEquals((byte) 255, buffer.get(0));
            assertEquals(longest, codec.decode(buffer).length, "what can be sent can be received");
            buffer.put(bytes("prefix"));
            assertThrows(FrameTooLongException.class, () -> codec.encode(new byte[longest + 1], buffer));
            assertEquals("prefix", Script.text(buffer.readBytes(buffer.length())));
        }
    }

    @Test
    void frameThatTheAdjustmentMakesImpossibleIsNotTaken() {
        var short2 = builder().lengthAdjustment(4).newWrite(io);
        var e = assertThrows(CodecException.class, () -> feed(short2, "abc"));
        assertTrue(e.getMessage().contains("the length field would be -1"), e::getMessage);
        var far = builder().lengthFieldLength(1).lengthAdjustment(-300).newWrite(io);
        assertThrows(CodecException.class, () -> feed(far, ""));
        assertTrue(far.writeBuffer().isEmpty());
    }

    @Test
    void payloadMayBeEncodedWhereItGoes() throws IOException {
        var codec = builder().lengthFieldLength(2).littleEndian().maxFrameLength(5).build();
        var writer = new FramedWrite<>(io, codec.<String>encoding((text, dst) -> dst.putUtf8(text)));
        writer.startSend("abc");
        writer.startSend("");
        assertThrows(FrameTooLongException.class, () -> writer.startSend("abcdef"));
        writer.startSend("de");
        io.data("\u0003\0abc\0\0\u0002\0de").flushed();
        assertTrue(writer.pollFlush(io.context()));
        assertTrue(io.isDone());
    }

    @Test
    void impossibleHeadsAreRejected() {
        for (int size : new int[] {0, 9, -1}) {
            var e = assertThrows(IllegalArgumentException.class, () -> builder().lengthFieldLength(size));
            assertEquals("lengthFieldLength=" + size + ": expected 1 to 8", e.getMessage());
        }
        assertThrows(IllegalArgumentException.class, () -> builder().lengthFieldOffset(-1));
        assertThrows(IllegalArgumentException.class, () -> builder().numSkip(-1));
        assertThrows(IllegalArgumentException.class, () -> builder().maxFrameLength(-1));
        assertThrows(IllegalArgumentException.class, () -> new LengthDelimitedCodec().setMaxFrameLength(-1));
        var far = builder().lengthFieldOffset(Integer.MAX_VALUE);
        assertThrows(IllegalArgumentException.class, far::build);
    }
}
