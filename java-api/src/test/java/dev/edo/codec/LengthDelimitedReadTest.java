package dev.edo.codec;

import static dev.edo.codec.Script.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class LengthDelimitedReadTest {
    private static final String NINE = "\0\0\0\u0009abcdefghi";
    private static final String THREE = "\0\0\0\u0003123";
    private static final String ELEVEN = "\0\0\0\u000bhello world";

    /** Eight bytes each: the largest number, the first one that is negative as a long, the one before it. */
    private static final String[] LONG_HEADS =
            {"\u00ff".repeat(8), "\u0080" + "\0".repeat(7), "\u007f" + "\u00ff".repeat(7)};

    private final Script io = new Script();

    private static LengthDelimitedBuilder builder() {
        return LengthDelimitedCodec.builder();
    }

    private Answers<byte[]> read() {
        return read(builder());
    }

    private Answers<byte[]> read(LengthDelimitedBuilder builder) {
        return new Answers<>(io, builder.newRead(io));
    }

    @Test
    void nothingYieldsNothing() throws IOException {
        read().end();
    }

    @Test
    void framesInOnePieceAreCut() throws IOException {
        io.data(NINE + THREE + ELEVEN);
        read().frame("abcdefghi").frame("123").frame("hello world").end();
    }

    @Test
    void lowestByteMayComeFirst() throws IOException {
        io.data("\u0009\0\0\0abcdefghi");
        read(builder().littleEndian()).frame("abcdefghi").end();
    }

    @Test
    void orderMayBeThatOfTheMachine() throws IOException {
        boolean big = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;
        io.data(big ? NINE : "\u0009\0\0\0abcdefghi");
        read(builder().littleEndian().nativeEndian()).frame("abcdefghi").end();
        var again = new Script().data(NINE);
        new Answers<>(again, builder().littleEndian().bigEndian().newRead(again)).frame("abcdefghi").end();
    }

    @Test
    void framesInManyPiecesArePutTogether() throws IOException {
        io.data("\0\0").data("\0\u0009abc").data("defghi").data("\0\0\0\u000312").data("3" + ELEVEN);
        read().frame("abcdefghi").frame("123").frame("hello world").end();
    }

    @Test
    void piecesMayKeepOneWaiting() throws IOException {
        io.data("\0\0").pending().data("\0\u0009abc").pending().data("defghi").pending()
                .data("\0\0\0\u000312").pending().data("3" + ELEVEN).pending();
        read().pending().pending().frame("abcdefghi").pending().pending().frame("123").frame("hello world")
                .pending().end();
    }

    @Test
    void endInsideAHeadIsAnError() {
        io.data("\0\0");
        var e = read().failure(EOFException.class);
        assertTrue(e.getMessage().contains("left=2 bytes"), e::getMessage);
    }

    @Test
    void endInsideAHeadThatKeptOneWaitingIsAnError() throws IOException {
        io.pending().data("\0").pending();
        read().pending().pending().failure(EOFException.class);
    }

    @Test
    void endInsideAPayloadIsAnError() throws IOException {
        io.data("\0\0\0\u0009ab").pending().data("cd").pending();
        read().pending().pending().failure(EOFException.class);
    }

    @Test
    void endBehindAHeadIsAnError() throws IOException {
        io.data("\0\0\0\u0009");
        var e = read().failure(EOFException.class);
        assertTrue(e.getMessage().contains("missing=9 bytes"), e::getMessage);
        var payloads = new Script().data("\0\0\0\u0009");
        Decoder<String> text = new LengthDelimitedCodec().decoding(src -> src.readUtf8(src.length()));
        new Answers<>(payloads, new FramedRead<>(payloads, text)).failure(EOFException.class);
    }

    @Test
    void framesBeyondTheLimitFail() throws IOException {
        io.data(NINE);
        var answers = read(builder().maxFrameLength(5));
        var e = answers.failure(FrameTooLongException.class);
        assertEquals(9, e.length());
        assertEquals(5, e.limit());
        assertFalse(e.isRecoverable());
        assertTrue(e.getMessage().contains("length=9 bytes, limit=5"), e::getMessage);
        answers.end();
    }

    @Test
    void newLimitHoldsForTheNextFrame() throws IOException {
        io.data(NINE).data(NINE);
        var codec = new LengthDelimitedCodec();
        var answers = new Answers<>(io, new FramedRead<>(io, codec));
        answers.frame("abcdefghi");
        codec.setMaxFrameLength(5);
        answers.failure(FrameTooLongException.class);
    }

    @Test
    void newLimitDoesNotHoldForAFrameOnItsWay() throws IOException {
        io.data("\0\0\0\u0009abcd").pending().data("efghi").data(NINE);
        var codec = new LengthDelimitedCodec();
        var answers = new Answers<>(io, new FramedRead<>(io, codec));
        answers.pending();
        codec.setMaxFrameLength(5);
        answers.frame("abcdefghi");
        answers.failure(FrameTooLongException.class);
    }

    @Test
    void lengthFieldsHaveOneToEightBytes() throws IOException {
        for (int size = 1; size <= 8; size++) {
            for (boolean big : new boolean[] {true, false}) {
                var script = new Script()
                        .data(big ? "\0".repeat(size - 1) + "\u0009" : "\u0009" + "\0".repeat(size - 1))
                        .data("abcdefghi");
                var builder = builder().lengthFieldLength(size);
                new Answers<>(script, (big ? builder : builder.littleEndian()).newRead(script))
                        .frame("abcdefghi").end();
            }
        }
    }

    @Test
    void lengthFieldMayStandBehindOtherBytes() throws IOException {
        io.data("zzzz\0\u0009abcdefghi");
        read(builder().lengthFieldLength(2).lengthFieldOffset(4)).frame("abcdefghi").end();
    }

    @Test
    void headMayBePartOfTheFrame() throws IOException {
        io.data("xx\0\u0009abcdefghi" + "yy\0\u0003123" + "zz\0\u000bhello world");
        read(builder().lengthFieldLength(2).lengthFieldOffset(2).numSkip(0).lengthAdjustment(4))
                .frame("xx\0\u0009abcdefghi").frame("yy\0\u0003123").frame("zz\0\u000bhello world").end();
    }

    @Test
    void bytesBehindTheLengthFieldMayBeSkipped() throws IOException {
        io.data("\0\0\u000b\u000cHello world");
        read(builder().lengthFieldLength(3).numSkip(4)).frame("Hello world").end();
    }

    @Test
    void bytesToBeSkippedAreWaitedFor() throws IOException {
        io.data("\u0002").data("x").data("xab");
        read(builder().lengthFieldLength(1).numSkip(3)).frame("ab").end();
    }

    @Test
    void lengthMayCountTheHead() throws IOException {
        io.data("\0\u000babcdefghi" + "\0\u0005123" + "\0\rhello world");
        read(builder().lengthFieldLength(2).lengthAdjustment(-2))
                .frame("abcdefghi").frame("123").frame("hello world").end();
    }

    @Test
    void lengthThatIsTooSmallForItsAdjustmentFails() {
        io.data("\0\u0001abc");
        var e = read(builder().lengthFieldLength(2).lengthAdjustment(-2)).failure(CodecException.class);
        assertTrue(e.getMessage().contains("length field=1, adjustment=-2"), e::getMessage);
    }

    @Test
    void lengthsBeyondALongFailAsTooLong() {
        for (int adjustment : new int[] {0, -5, 5, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            for (var head : LONG_HEADS) {
                var script = new Script().data(head + "abc");
                var builder = builder().lengthFieldLength(8).lengthAdjustment(adjustment)
                        .maxFrameLength(Integer.MAX_VALUE);
                var e = new Answers<>(script, builder.newRead(script)).failure(FrameTooLongException.class);
                assertTrue(Long.compareUnsigned(e.length(), e.limit()) > 0, e::getMessage);
            }
        }
    }

    @Test
    void frameOfNoBytesAtAllFailsInsteadOfComingForEver() {
        io.data("\0\0\0\0");
        read(builder().numSkip(0)).failure(CodecException.class);
    }

    @Test
    void limitHoldsForWhatTheFrameGets() throws IOException {
        io.data("\u00ff" + "a".repeat(254));
        read(builder().lengthFieldLength(1).lengthAdjustment(-1)).frame("a".repeat(254)).end();
        var longer = new Script().data("\u0003abcdef");
        var reader = builder().lengthFieldLength(1).lengthAdjustment(3).maxFrameLength(5).newRead(longer);
        new Answers<>(longer, reader).failure(FrameTooLongException.class);
    }

    @Test
    void announcedLengthAllocatesNothing() throws IOException {
        io.data("\u007f\u00ff\u00ff\u00f0abc").pending();
        var reader = builder().maxFrameLength(Integer.MAX_VALUE).newRead(io);
        new Answers<>(io, reader).pending();
        assertEquals(FrameBuffer.DEFAULT_CAPACITY, reader.readBuffer().capacity());
    }

    @Test
    void payloadMayBeDecodedWhereItIs() throws IOException {
        var buffer = FrameBuffer.of(bytes(NINE + THREE + "\0\0\0\u0002xy"));
        var decoder = new LengthDelimitedCodec().decoding(src -> {
            assertThrows(IndexOutOfBoundsException.class, () -> src.get(src.length()));
            assertThrows(IllegalStateException.class, () -> src.put((byte) 0));
            return "" + (char) src.readByte() + src.length();
        });
        assertEquals("a8", decoder.decode(buffer));
        assertEquals("12", decoder.decode(buffer));
        assertEquals("x1", decoder.decode(buffer));
        assertEquals(null, decoder.decode(buffer));
        assertTrue(buffer.isEmpty(), "what a payload's decoder leaves is dropped");
    }

    @Test
    void payloadThatFailsIsTaken() throws IOException {
        var buffer = FrameBuffer.of(bytes(THREE + NINE));
        var decoder = new LengthDelimitedCodec().decoding(src -> {
            if (src.length() == 3) {
                throw new CodecException("no", true);
            }
            return src.readUtf8(src.length());
        });
        assertThrows(CodecException.class, () -> decoder.decode(buffer));
        assertEquals("abcdefghi", decoder.decode(buffer));
    }
}
