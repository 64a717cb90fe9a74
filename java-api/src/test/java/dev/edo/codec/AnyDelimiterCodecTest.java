package dev.edo.codec;

import static dev.edo.codec.Script.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class AnyDelimiterCodecTest {
    private static final String NOTHING = "null";

    private final FrameBuffer buffer = new FrameBuffer();

    private static AnyDelimiterCodec limited(int maxLength) {
        return new AnyDelimiterCodec(bytes(",;\n\r"), bytes(","), maxLength);
    }

    private String decode(AnyDelimiterCodec codec) throws IOException {
        return Script.text(codec.decode(buffer));
    }

    private String decodeEof(AnyDelimiterCodec codec) throws IOException {
        return Script.text(codec.decodeEof(buffer));
    }

    private FrameTooLongException tooLong(AnyDelimiterCodec codec) {
        return assertThrows(FrameTooLongException.class, () -> codec.decode(buffer));
    }

    @Test
    void eachOfTheDelimitersEndsAChunk() throws IOException {
        var codec = new AnyDelimiterCodec();
        buffer.put(bytes("chunk 1,chunk 2;chunk 3\n\r"));
        assertEquals("chunk 1", decode(codec));
        assertEquals("chunk 2", decode(codec));
        assertEquals("chunk 3", decode(codec));
        assertEquals("", decode(codec));
        assertEquals(NOTHING, decode(codec));
        assertEquals(NOTHING, decodeEof(codec));
        buffer.put(bytes("k"));
        assertEquals(NOTHING, decode(codec));
        assertEquals("k", decodeEof(codec));
        assertEquals(NOTHING, decode(codec));
        assertEquals(NOTHING, decodeEof(codec));
    }

    @Test
    void longChunksFailOnceAndAreDropped() throws IOException {
        var codec = limited(7);
        buffer.put(bytes("chunk 1 is too long\nchunk 2\nchunk 3\r\nchunk 4\n\r\n"));
        assertTrue(tooLong(codec).isRecoverable());
        for (var chunk : new String[] {"chunk 2", "chunk 3", "", "chunk 4", "", "", NOTHING}) {
            assertEquals(chunk, decode(codec));
        }
        assertEquals(NOTHING, decodeEof(codec));
        buffer.put(bytes("k"));
        assertEquals(NOTHING, decode(codec));
        assertEquals("k", decodeEof(codec));
        assertEquals(NOTHING, decode(codec));
        assertEquals(NOTHING, decodeEof(codec));
        buffer.put(bytes("aaabbbcc"));
        assertEquals(7, tooLong(codec).limit());
    }

    @Test
    void chunkIsTooLongBeforeItsEndHasCome() throws IOException {
        var codec = limited(7);
        buffer.put(bytes("chunk "));
        assertEquals(NOTHING, decode(codec));
        buffer.put(bytes("too l"));
        tooLong(codec);
        buffer.put(bytes("ong\n"));
        assertEquals(NOTHING, decode(codec));
        buffer.put(bytes("chunk 2"));
        assertEquals(NOTHING, decode(codec));
        buffer.put(bytes(","));
        assertEquals("chunk 2", decode(codec));
    }

    /** What was searched, and what is being dropped, has nothing to do with bytes from elsewhere. */
    @Test
    void restartForgetsWhatHasCome() throws IOException {
        var codec = limited(7);
        buffer.put(bytes("chunk"));
        assertEquals(NOTHING, decode(codec));
        buffer.clear();
        codec.restart();
        buffer.put(bytes("a,much too long"));
        assertEquals("a", decode(codec));
        tooLong(codec);
        buffer.clear();
        codec.restart();
        buffer.put(bytes("b,c,"));
        assertEquals("b", decode(codec));
        assertEquals("c", decode(codec));
    }

    @Test
    void chunkThatGoesOnBeingTooLongFailsOnlyOnce() throws IOException {
        var codec = limited(11);
        buffer.put(bytes("chunk "));
        assertEquals(NOTHING, decode(codec));
        buffer.put(bytes("too very l"));
        tooLong(codec);
        buffer.put(bytes("aaaaaaaaaaaaaaaaaaaaaaa"));
        assertEquals(NOTHING, decode(codec));
        buffer.put(bytes("ong\nshort\n"));
        assertEquals("short", decode(codec));
    }

    @Test
    void chunkAtTheLimitFailsWhenOneByteMoreComes() throws IOException {
        var codec = limited(11);
        buffer.put(bytes("chunk "));
        assertEquals(NOTHING, decode(codec));
        buffer.put(bytes("too l"));
        assertEquals(NOTHING, decode(codec));
        buffer.put(bytes("ong\n"));
        tooLong(codec);
    }

    @Test
    void chunkThatGrowsBeyondTheLimitInOneStepFails() throws IOException {
        var codec = limited(11);
        buffer.put(bytes("chunk "));
        assertEquals(NOTHING, decode(codec));
        buffer.put(bytes("too long!\n"));
        tooLong(codec);
    }

    @Test
    void delimiterMayComeAfterAChunkAtTheLimit() throws IOException {
        var codec = limited(5);
        buffer.put(bytes("hello"));
        assertEquals(NOTHING, decode(codec));
        buffer.put(bytes(",world"));
        assertEquals("hello", decode(codec));
    }

    @Test
    void droppingEndsWithTheBytesThereAre() throws IOException {
        var codec = limited(1);
        buffer.put(bytes("aa"));
        tooLong(codec);
        buffer.put(bytes("a"));
        assertEquals(NOTHING, decode(codec));
    }

    @Test
    void encoderAddsTheWholeTerminator() {
        var codec = new AnyDelimiterCodec(bytes(","), bytes(";--;"));
        codec.encode(bytes("chunk 1"), buffer);
        codec.encode(bytes("chunk 2"), buffer);
        assertEquals("chunk 1;--;chunk 2;--;", Script.text(buffer.readBytes(buffer.length())));
    }

    @Test
    void delimitersAreBytesOfAnyValue() throws IOException {
        buffer.put(bytes("a\u00ffb\u0000c"));
        var codec = new AnyDelimiterCodec(bytes("\u00ff\u0000"), bytes("\u0000"));
        assertEquals("a", decode(codec));
        assertEquals("b", decode(codec));
        assertEquals(NOTHING, decode(codec));
    }
}
