package dev.edo.codec;

import static dev.edo.codec.Script.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class BytesCodecTest {
    private final BytesCodec codec = new BytesCodec();
    private final FrameBuffer buffer = new FrameBuffer();

    @Test
    void frameIsWhatHasCome() {
        buffer.put(bytes("abc"));
        assertEquals("abc", Script.text(codec.decode(buffer)));
        assertNull(codec.decode(buffer));
        assertNull(codec.decode(buffer));
        buffer.put(bytes("a"));
        assertEquals("a", Script.text(codec.decode(buffer)));
    }

    @Test
    void framesBeyondTheInitialCapacityAreEncoded() {
        codec.encode(new byte[FrameBuffer.DEFAULT_CAPACITY + 1], buffer);
        codec.encode(bytes("hello"), buffer);
        assertEquals(FrameBuffer.DEFAULT_CAPACITY + 6, buffer.length());
        buffer.skip(FrameBuffer.DEFAULT_CAPACITY + 1);
        assertEquals("hello", Script.text(codec.decode(buffer)));
    }
}
