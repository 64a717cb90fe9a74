package dev.edo.codec;

import static dev.edo.codec.Script.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LinesCodecTest {
    private final FrameBuffer buffer = new FrameBuffer();

    private void put(String latin1) {
        buffer.put(bytes(latin1));
    }

    private FrameTooLongException tooLong(LinesCodec codec) {
        return assertThrows(FrameTooLongException.class, () -> codec.decode(buffer));
    }

    @Test
    void linesEndWithNewlineAndMayHaveCarriageReturn() throws IOException {
        var codec = new LinesCodec();
        put("line 1\nline 2\r\nline 3\n\r\n\r");
        assertEquals("line 1", codec.decode(buffer));
        assertEquals("line 2", codec.decode(buffer));
        assertEquals("line 3", codec.decode(buffer));
        assertEquals("", codec.decode(buffer));
        assertNull(codec.decode(buffer));
        assertNull(codec.decodeEof(buffer), "a lone carriage return is no line");
        put("k");
        assertNull(codec.decode(buffer));
        assertEquals("\rk", codec.decodeEof(buffer));
        assertNull(codec.decode(buffer));
        assertNull(codec.decodeEof(buffer));
    }

    @Test
    void onlyOneCarriageReturnBelongsToTheEndOfLine() throws IOException {
        put("a\r\r\n");
        assertEquals("a\r", new LinesCodec().decode(buffer));
    }

    @Test
    void malformedTextIsDroppedAndTheNextLineDecoded() throws IOException {
        var codec = new LinesCodec();
        put("line 1\u00c3\u0028");
        assertNull(codec.decode(buffer));
        var e = assertThrows(CodecException.class, () -> codec.decodeEof(buffer));
        assertTrue(e.isRecoverable());
        assertInstanceOf(MalformedInputException.class, e.getCause());
        assertNull(codec.decodeEof(buffer));
        put("line 22222222222222\n\u00c3\u0028\r\nline 3\n");
        assertEquals("line 22222222222222", codec.decode(buffer));
        assertThrows(CodecException.class, () -> codec.decode(buffer));
        assertEquals("line 3", codec.decode(buffer));
    }

    @Test
    void textBeyondAsciiIsUtf8() throws IOException {
        var codec = new LinesCodec();
        for (var text : new String[] {"", "ascii", "grün", "日本\uD83D\uDE00", "sent as such: \uFFFD"}) {
            codec.encode(text, buffer);
            assertEquals(text.getBytes(StandardCharsets.UTF_8).length + 1, buffer.length());
            assertEquals(text, codec.decode(buffer));
            assertTrue(buffer.isEmpty());
        }
        codec.encode("alone: \uD83D", buffer);
        assertEquals("alone: ?", codec.decode(buffer));
    }

    @Test
    void longLinesFailOnceAndAreDropped() throws IOException {
        var codec = new LinesCodec(6);
        put("line 1 is too long\nline 2\nline 3\r\nline 4\n\r\n\r");
        var e = tooLong(codec);
        assertEquals(6, e.limit());
        assertEquals(7, e.length());
        assertEquals("line too long: length=7 or more bytes, limit=6;"
                + " raise the limit of the codec or send less", e.getMessage());
        assertTrue(e.isRecoverable());
        assertEquals("line 2", codec.decode(buffer));
        tooLong(codec); // line 3 has a carriage return, which counts
        assertEquals("line 4", codec.decode(buffer));
        assertEquals("", codec.decode(buffer));
        assertNull(codec.decode(buffer));
        assertNull(codec.decodeEof(buffer));
        put("k");
        assertNull(codec.decode(buffer));
        assertEquals("\rk", codec.decodeEof(buffer));
        assertNull(codec.decode(buffer));
        assertNull(codec.decodeEof(buffer));
        put("aaabbbc");
        tooLong(codec);
    }

    @Test
    void lineIsTooLongBeforeItsEndHasCome() throws IOException {
        var codec = new LinesCodec(6);
        put("line ");
        assertNull(codec.decode(buffer));
        put("too l");
        tooLong(codec);
        put("ong\n");
        assertNull(codec.decode(buffer));
        put("line 2");
        assertNull(codec.decode(buffer));
        put("\n");
        assertEquals("line 2", codec.decode(buffer));
    }

    @Test
    void lineThatGoesOnBeingTooLongFailsOnlyOnce() throws IOException {
        var codec = new LinesCodec(11);
        put("line ");
        assertNull(codec.decode(buffer));
        put("too very l");
        tooLong(codec);
        put("aaaaaaaaaaaaaaaaaaaaaaa");
        assertNull(codec.decode(buffer));
        assertTrue(buffer.isEmpty(), "what is dropped is not kept");
        put("ong\nshort\n");
        assertEquals("short", codec.decode(buffer));
    }

    @Test
    void lineAtTheLimitFailsWhenOneByteMoreComes() throws IOException {
        var codec = new LinesCodec(10);
        put("line ");
        assertNull(codec.decode(buffer));
        put("too l");
        assertNull(codec.decode(buffer));
        put("ong\n");
        tooLong(codec);
    }

    @Test
    void lineThatGrowsBeyondTheLimitInOneStepFails() throws IOException {
        var codec = new LinesCodec(10);
        put("line ");
        assertNull(codec.decode(buffer));
        put("too long!\n");
        tooLong(codec);
    }

    @Test
    void endOfLineMayComeAfterALineAtTheLimit() throws IOException {
        var codec = new LinesCodec(5);
        put("hello");
        assertNull(codec.decode(buffer));
        put("\nworld");
        assertEquals("hello", codec.decode(buffer));
    }

    @Test
    void droppingEndsWithTheBytesThereAre() throws IOException {
        var codec = new LinesCodec(1);
        put("aa");
        tooLong(codec);
        put("a");
        assertNull(codec.decode(buffer));
    }

    @Test
    void theLimitMayBeZeroOrAbsentButNotNegative() throws IOException {
        put("\na");
        var codec = new LinesCodec(0);
        assertEquals("", codec.decode(buffer));
        tooLong(codec);
        assertEquals(Integer.MAX_VALUE, new LinesCodec().maxLength());
        assertEquals(256, new LinesCodec(256).maxLength());
        var e = assertThrows(IllegalArgumentException.class, () -> new LinesCodec(-1));
        assertTrue(e.getMessage().contains("maxLength=-1"), e::getMessage);
    }

    @Test
    void encoderEndsEachLine() {
        var codec = new LinesCodec();
        codec.encode("line 1", buffer);
        codec.encode("line 2", buffer);
        assertEquals("line 1\nline 2\n", Script.text(buffer.readBytes(buffer.length())));
    }

    @Test
    void readerGoesOnAfterLinesThatWereDropped() throws IOException {
        var io = new Script().data("much too long\n\u00c3\u0028\nok\n");
        var reader = new FramedRead<>(io, new LinesCodec(6));
        assertThrows(FrameTooLongException.class, () -> reader.pollNext(io.context()));
        assertThrows(CodecException.class, () -> reader.pollNext(io.context()));
        assertEquals("ok", reader.pollNext(io.context()));
        assertNull(reader.pollNext(io.context()));
        assertTrue(reader.isTerminated());
    }
}
