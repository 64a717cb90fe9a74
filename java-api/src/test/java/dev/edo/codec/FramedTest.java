package dev.edo.codec;

import static dev.edo.codec.Script.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Poll;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FramedTest {
    private final Script io = new Script();

    /** Counts how often it is asked. */
    private static final class Ints implements Codec<Integer, Integer> {
        private int asked;

        @Override
        public @Nullable Integer decode(FrameBuffer src) {
            asked++;
            return src.length() < 4 ? null : src.readInt();
        }

        @Override
        public void encode(Integer frame, FrameBuffer dst) {
            dst.putInt(frame);
        }
    }

    private static final Codec<Long, Long> LONGS =
            Codec.of(src -> src.length() < 8 ? null : src.readLong(), (number, dst) -> dst.putLong(number));

    private Framed<Integer, Integer> over(FrameBuffer readBuffer, Ints codec) {
        return new Framed<>(new FramedParts<>(io, io, codec, readBuffer, new FrameBuffer()));
    }

    @Test
    void whatTheBufferHoldsIsDecodedFirst() throws IOException {
        io.failure("read too early");
        var codec = new Ints();
        var framed = over(FrameBuffer.of(bytes("\0\0\0\u002a")), codec);
        assertEquals(Poll.ready(42), framed.next().poll(io.context()));
        assertEquals(1, codec.asked);
        assertSame(codec, framed.codec());
    }

    @Test
    void anotherCodecGoesOnWithWhatTheBuffersHold() throws IOException {
        io.failure("read too early");
        var framed = over(FrameBuffer.of(bytes("\0\0\0\u002a\0\0\0\0\0\0\0\u0054")), new Ints());
        assertEquals(Poll.ready(42), framed.next().poll(io.context()));
        framed.startSend(1);
        var longs = framed.mapCodec(_ -> LONGS);
        assertEquals(84L, longs.nextBuffered());
        longs.startSend(2L);
        assertEquals("\0\0\0\u0001\0\0\0\0\0\0\0\u0002",
                Script.text(longs.writer().writeBuffer().readBytes(12)));
    }

    @Test
    void emptyBufferWithMemoryIsNotDecodedBeforeTheFirstRead() throws IOException {
        var used = FrameBuffer.of(bytes("x"));
        used.skip(1);
        io.data("\0\0\0\u002a");
        var codec = new Ints();
        assertEquals(Poll.ready(42), over(used, codec).next().poll(io.context()));
        assertEquals(1, codec.asked);
    }

    @Test
    void partsCanBeTakenOutAndPutTogether() throws IOException {
        io.data("\0\0\0\u0001\0\0").data("\0\u0002");
        var framed = new Framed<>(io, new Ints());
        assertEquals(Poll.ready(1), framed.next().poll(io.context()));
        framed.startSend(3);
        var parts = framed.toParts();
        assertEquals(2, parts.readBuffer().length());
        assertEquals(4, parts.writeBuffer().length());
        assertSame(io, parts.source());
        assertSame(io, parts.target());
        var again = new Framed<>(parts);
        assertEquals(Poll.ready(2), again.next().poll(io.context()));
        io.data("\0\0\0\u0003").flushed();
        assertEquals(Poll.ready(), again.flush().poll(io.context()));
        assertTrue(io.isDone());
    }

    @Test
    void givenBufferIsUsedAsItIs() {
        var large = new FrameBuffer();
        large.put(new byte[2 * FrameBuffer.DEFAULT_CAPACITY]);
        var parts = over(large, new Ints()).toParts();
        assertEquals(2 * FrameBuffer.DEFAULT_CAPACITY, parts.readBuffer().capacity());
        assertEquals(FrameBuffer.DEFAULT_CAPACITY, over(FrameBuffer.of(bytes("abc")), new Ints())
                .toParts().readBuffer().capacity());
    }

    @Test
    void bothDirectionsWork() throws IOException {
        io.data("ping\n").data("pong\n").flushed().flushed().ended();
        var framed = new Framed<>(io, new LinesCodec());
        assertEquals(Poll.ready("ping"), framed.next().poll(io.context()));
        assertEquals(Poll.ready(), framed.send("pong").poll(io.context()));
        assertEquals(Poll.ready(), framed.close().poll(io.context()));
        assertEquals(Poll.ready(), framed.next().poll(io.context()));
        assertNull(framed.nextBuffered());
        assertTrue(io.isDone());
    }
}
