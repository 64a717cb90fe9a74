package dev.edo.io;

import static dev.edo.io.TestContext.bytes;
import static dev.edo.io.TestContext.complete;
import static dev.edo.io.TestContext.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every source and sink can do, beyond one read and one write. */
class AsyncReadTest {
    private final TestContext cx = new TestContext();

    @Test
    void readToEndCollectsAllHoweverItComes() throws Exception {
        assertEquals("hello world", text(complete(FakeStream.reading("hel", "lo wor", "ld").readToEnd())));
        assertEquals("", text(complete(FakeStream.reading().readToEnd())));
        var large = "0123456789abcdef".repeat(10_000);
        assertEquals(large, complete(FakeStream.reading(large).readToString()));
    }

    @Test
    void readToEndHoldsNoMoreThanItsLimit() throws Exception {
        assertEquals("12345", text(complete(FakeStream.reading("12", "345").readToEnd(5))));
        assertEquals("", text(complete(FakeStream.reading().readToEnd(0))));
        var thrown = assertThrows(LimitExceededException.class,
                () -> complete(FakeStream.reading("12", "3456").readToEnd(5)));
        assertEquals(5, thrown.limitBytes());
        assertTrue(thrown.getMessage().contains("limit=5"), thrown.getMessage());
        assertThrows(LimitExceededException.class, () -> complete(FakeStream.reading("1").readToEnd(0)));
        assertThrows(LimitExceededException.class, () -> complete(Io.repeat((byte) 1).readToString(100_000)));
        assertThrows(IllegalArgumentException.class, () -> FakeStream.reading().readToEnd(-1));
    }

    @Test
    void readToStringDecodesCharactersThatCameInPiecesAndRefusesWhatIsNotUtf8() throws Exception {
        var euro = "€\uFFFD".getBytes("UTF-8");
        assertEquals("€\uFFFD", complete(FakeStream.readingBytes(euro).readToString()));
        assertThrows(CharacterCodingException.class,
                () -> complete(FakeStream.readingBytes((byte) 0xff, (byte) 'a').readToString()));
        assertThrows(CharacterCodingException.class,
                () -> complete(FakeStream.readingBytes(euro[0], euro[1]).readToString()));
    }

    @Test
    void readGivesWhatThereIsAndLeavesTheRest() throws Exception {
        var source = FakeStream.reading("hello");
        var buffer = ByteBuffer.allocate(4).put((byte) '>');
        assertEquals(3, cx.now(source.read(buffer)));
        assertEquals(">hel", text(buffer.flip()));
        assertEquals(2, cx.now(source.read(buffer.clear())));
        assertEquals(-1, cx.now(source.read(buffer)));
    }

    private void numbersRoundTrip(AsyncWrite out, AsyncRead in) throws Exception {
        var big = new BigInteger("-170141183460469231731687303715884105728");
        var huge = BigInteger.TWO.pow(128).subtract(BigInteger.ONE);
        complete(out.writeU8(200));
        complete(out.writeI8(-100));
        complete(out.writeU16(40_000));
        complete(out.writeU16Le(40_001));
        complete(out.writeI16(-30_000));
        complete(out.writeI16Le(-30_001));
        complete(out.writeU32(4_000_000_000L));
        complete(out.writeU32Le(4_000_000_001L));
        complete(out.writeI32(-2_000_000_000));
        complete(out.writeI32Le(-2_000_000_001));
        complete(out.writeU64(-1));
        complete(out.writeU64Le(-2));
        complete(out.writeI64(Long.MIN_VALUE));
        complete(out.writeI64Le(Long.MIN_VALUE + 1));
        complete(out.writeU128(huge));
        complete(out.writeU128Le(BigInteger.TWO));
        complete(out.writeI128(big));
        complete(out.writeI128Le(BigInteger.valueOf(-3)));
        complete(out.writeF32(1.5f));
        complete(out.writeF32Le(Float.NEGATIVE_INFINITY));
        complete(out.writeF64(Math.PI));
        complete(out.writeF64Le(-0.0));
        complete(out.flush());
        assertEquals(200, complete(in.readU8()));
        assertEquals((byte) -100, complete(in.readI8()));
        assertEquals(40_000, complete(in.readU16()));
        assertEquals(40_001, complete(in.readU16Le()));
        assertEquals((short) -30_000, complete(in.readI16()));
        assertEquals((short) -30_001, complete(in.readI16Le()));
        assertEquals(4_000_000_000L, complete(in.readU32()));
        assertEquals(4_000_000_001L, complete(in.readU32Le()));
        assertEquals(-2_000_000_000, complete(in.readI32()));
        assertEquals(-2_000_000_001, complete(in.readI32Le()));
        assertEquals(-1L, complete(in.readU64()));
        assertEquals(-2L, complete(in.readU64Le()));
        assertEquals(Long.MIN_VALUE, complete(in.readI64()));
        assertEquals(Long.MIN_VALUE + 1, complete(in.readI64Le()));
        assertEquals(huge, complete(in.readU128()));
        assertEquals(BigInteger.TWO, complete(in.readU128Le()));
        assertEquals(big, complete(in.readI128()));
        assertEquals(BigInteger.valueOf(-3), complete(in.readI128Le()));
        assertEquals(1.5f, complete(in.readF32()));
        assertEquals(Float.NEGATIVE_INFINITY, complete(in.readF32Le()));
        assertEquals(Math.PI, complete(in.readF64()));
        assertEquals(-0.0, complete(in.readF64Le()));
        assertThrows(EOFException.class, () -> complete(in.readU8()));
    }

    @Test
    void numbersComeBackAsTheyWereWritten() throws Exception {
        var content = new ByteArrayOutputStream();
        var probe = Io.simplex(1024);
        numbersRoundTrip(Io.inspectWrites(closing(probe), b -> content.writeBytes(array(b))), probe.reader());
        var bytes = content.toByteArray();
        // The same bytes, one at a time, and out of a buffer whose edges fall into the numbers.
        numbersRoundTrip(Io.sink(), FakeStream.readingBytes(bytes));
        for (int capacity = 1; capacity < 20; capacity++) {
            numbersRoundTrip(Io.sink(), new BufReader<>(Io.reader(ByteBuffer.wrap(bytes)), capacity));
        }
    }

    /** Closes the pipe when it is flushed, which the round trip does once, at the end. */
    private static AsyncWrite closing(Simplex pipe) {
        return new AsyncWrite() {
            @Override
            public int pollWrite(Context cx, ByteBuffer src) throws IOException {
                return pipe.writer().pollWrite(cx, src);
            }

            @Override
            public boolean pollFlush(Context cx) {
                pipe.writer().close();
                return true;
            }

            @Override
            public boolean pollShutdown(Context cx) {
                return true;
            }
        };
    }

    private static byte[] array(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @Test
    void numbersAreBigEndianUnlessTheNameSaysOtherwise() throws Exception {
        var content = new ByteArrayOutputStream();
        var out = Io.writer(content);
        complete(out.writeU16(0x0102));
        complete(out.writeU16Le(0x0102));
        complete(out.writeI32Le(0x01020304));
        complete(out.writeI128(BigInteger.valueOf(-2)));
        assertArrayEquals(HexFormat.of().parseHex("0102" + "0201" + "04030201" + "f".repeat(31) + "e"),
                content.toByteArray());
    }

    @Test
    void numbersThatDoNotFitAreRefused() {
        var out = Io.sink();
        assertThrows(IllegalArgumentException.class, () -> out.writeU8(-1));
        assertThrows(IllegalArgumentException.class, () -> out.writeU8(256));
        assertThrows(IllegalArgumentException.class, () -> out.writeI8(128));
        assertThrows(IllegalArgumentException.class, () -> out.writeU16(65_536));
        assertThrows(IllegalArgumentException.class, () -> out.writeI16Le(-32_769));
        assertThrows(IllegalArgumentException.class, () -> out.writeU32(1L << 32));
        assertThrows(IllegalArgumentException.class, () -> out.writeU32Le(-1));
        assertThrows(IllegalArgumentException.class, () -> out.writeU128(BigInteger.ONE.negate()));
        assertThrows(IllegalArgumentException.class, () -> out.writeU128(BigInteger.TWO.pow(128)));
        assertThrows(IllegalArgumentException.class, () -> out.writeI128(BigInteger.TWO.pow(127)));
        var thrown = assertThrows(IllegalArgumentException.class, () -> out.writeU8(300));
        assertEquals("value=300 does not fit: it must be 0 to 255", thrown.getMessage());
    }

    @Test
    void numberThatIsCutOffFails() {
        var thrown = assertThrows(EOFException.class, () -> complete(FakeStream.reading("ab").readU32()));
        assertTrue(thrown.getMessage().contains("missing=2"), thrown.getMessage());
        assertThrows(EOFException.class, () -> complete(new BufReader<>(FakeStream.reading("ab")).readU32()));
    }

    @Test
    void numberIntoASinkThatTakesNothingFails() {
        assertThrows(IOException.class, () -> complete(new FakeStream().writing(0).writeI64(1)));
        assertThrows(IOException.class, () -> complete(new FakeStream().writing(1, 0).writeU16(1)));
    }

    @Test
    void chainGoesOnWithTheSecondAtTheEndOfTheFirst() throws Exception {
        var chain = FakeStream.reading("hello ").chain(FakeStream.reading("world"));
        assertEquals("hello world", complete(chain.readToString()));
        var buffered = new BufReader<>(FakeStream.reading("a\nb")).chain(new BufReader<>(FakeStream.reading("c\nd")));
        var lines = buffered.lines();
        assertEquals("a", complete(lines.nextLine()));
        assertEquals("bc", complete(lines.nextLine()));
        assertEquals("d", complete(lines.nextLine()));
        assertEquals(null, complete(lines.nextLine()));
    }

    @Test
    void readIntoAFullBufferDoesNotSkipTheFirst() throws Exception {
        var chain = FakeStream.reading("first ").chain(FakeStream.reading("second"));
        assertEquals(0, cx.now(chain.read(ByteBuffer.allocate(0))));
        assertEquals("first second", complete(chain.readToString()));
    }

    @Test
    void chainReadsIntoSeveralBuffers() throws Exception {
        var chain = FakeStream.reading("a").chain(FakeStream.reading("b"));
        var buffers = new ByteBuffer[] {ByteBuffer.allocate(0), ByteBuffer.allocate(1), ByteBuffer.allocate(1)};
        assertEquals(1, cx.now(chain.read(buffers)));
        assertEquals(1, cx.now(chain.read(buffers)));
        assertEquals("a", text(buffers[1].flip()));
        assertEquals("b", text(buffers[2].flip()));
    }

    @Test
    void takeEndsAtItsLimitAndLeavesTheBufferAsItWas() throws Exception {
        var source = FakeStream.reading("hello world");
        var take = source.take(4);
        var buffer = ByteBuffer.allocate(8).put((byte) 'A').put((byte) 'B');
        assertEquals(4, cx.now(take.read(buffer)));
        assertEquals(8, buffer.limit());
        assertEquals("ABhell", text(buffer.flip()));
        assertEquals(0, take.limit());
        int steps = source.steps;
        assertEquals(-1, cx.now(take.read(ByteBuffer.allocate(8))));
        assertEquals(steps, source.steps, "the source is not asked: it may wait for ever");
        take.setLimit(3);
        assertEquals("o w", complete(take.readToString()));
        assertEquals("orld", complete(source.take(Long.MAX_VALUE).readToString()));
        assertThrows(IllegalArgumentException.class, () -> source.take(-1));
        assertThrows(IllegalArgumentException.class, () -> take.setLimit(-1));
    }

    @Test
    void takeRestoresTheBufferWhenReadingFails() {
        var source = FakeStream.reading("x");
        source.failAtStep = 0;
        var buffer = ByteBuffer.allocate(8);
        assertThrows(IOException.class, () -> source.take(2).pollRead(cx, buffer));
        assertEquals(8, buffer.limit());
    }

    @Test
    void bufferedTakeShowsNoMoreThanItsLimit() throws Exception {
        var reader = new BufReader<>(FakeStream.reading("hello"));
        var take = reader.take(3);
        assertEquals("hel", text(cx.now(take.fillBuf())));
        take.consume(1);
        assertThrows(IllegalArgumentException.class, () -> take.consume(3));
        take.consume(2);
        assertFalse(cx.now(take.fillBuf()).hasRemaining());
        assertEquals("lo", complete(reader.readToString()));
    }

    @Test
    void writeAllOfSeveralBuffersGoesOnInsideABufferAndAtItsEdge() throws Exception {
        for (boolean vectored : new boolean[] {false, true}) {
            for (int[] script : new int[][] {{1, 1, 1}, {2}, {3}, {1, -1, 4}, {-1, 100}}) {
                var sink = new FakeStream().writing(script);
                sink.vectored = vectored;
                var srcs = new ByteBuffer[] {bytes(""), bytes("ab"), bytes(""), bytes("cde"), bytes("f"), bytes("")};
                complete(sink.writeAll(srcs));
                assertEquals("abcdef", sink.text());
            }
        }
        assertThrows(IOException.class,
                () -> complete(new FakeStream().writing(1, 0).writeAll(new ByteBuffer[] {bytes("abc")})));
        complete(new FakeStream().writeAll(new ByteBuffer[0]));
    }

    @Test
    void failedWriteAllOfSeveralBuffersLeavesWhatWasNotWritten() {
        for (boolean vectored : new boolean[] {false, true}) {
            var sink = new FakeStream().writing(4);
            sink.vectored = vectored;
            sink.failAtStep = 1;
            var srcs = new ByteBuffer[] {bytes("hello"), bytes("world")};
            assertThrows(IOException.class, () -> complete(sink.writeAll(srcs)));
            assertEquals("hell", sink.text());
            assertEquals("o", text(srcs[0]));
            assertEquals("world", text(srcs[1]));
            assertEquals(vectored ? List.of("writev", "writev") : List.of("write", "write"), sink.log);
        }
    }

    @Test
    void memoryCanBeReadAndSoughtIn() throws Exception {
        var content = bytes("xhello");
        content.get();
        var reader = Io.reader(content);
        assertEquals("hello", complete(reader.readToString()));
        var seek = (AsyncSeek) reader;
        assertEquals(1L, complete(seek.seek(SeekFrom.start(1))));
        assertEquals((int) 'e', complete(reader.readU8()));
        assertEquals(4L, complete(seek.seek(SeekFrom.current(2))));
        assertEquals("o", complete(reader.readToString()));
        assertEquals(3L, complete(seek.seek(SeekFrom.end(-2))));
        assertEquals(3L, complete(seek.streamPosition()));
        complete(seek.rewind());
        assertEquals("hello", complete(reader.readLine()));
        assertThrows(IOException.class, () -> complete(seek.seek(SeekFrom.current(Long.MIN_VALUE))));
        assertThrows(IOException.class, () -> complete(seek.seek(SeekFrom.current(Long.MAX_VALUE))));
        assertThrows(IllegalArgumentException.class, () -> SeekFrom.start(-1));
        assertEquals(1, content.position());
    }

    @Test
    void memoryStaysWholeWhereItIsReadIntoAReadOnlyBuffer() throws Exception {
        var reader = Io.reader(bytes("first\nsecond"));
        var readOnly = ByteBuffer.allocate(2).asReadOnlyBuffer();
        assertThrows(ReadOnlyBufferException.class, () -> reader.pollRead(cx, readOnly));
        assertEquals("first", complete(reader.readLine()));
        assertEquals("second", complete(reader.readLine()));
    }

    @Test
    void inspectorsSeeExactlyWhatWasMoved() throws Exception {
        var seen = new StringBuilder();
        var source = FakeStream.reading("ab", "c");
        var buffer = ByteBuffer.allocate(9).put((byte) '>');
        var reader = Io.inspectReads(source, b -> seen.append(text(b)).append('|'));
        while (cx.now(reader.read(buffer)) >= 0) {
            assertTrue(buffer.hasRemaining());
        }
        assertEquals("ab|c|", seen.toString());
        seen.setLength(0);
        var sink = new FakeStream().vectored().writing(2, -1, 3);
        complete(Io.inspectWrites(sink, b -> seen.append(text(b)).append('|'))
                .writeAll(new ByteBuffer[] {bytes("abc"), bytes("defg")}));
        assertEquals("ab|c|de|fg|", seen.toString());
        assertEquals("abcdefg", sink.text());
        sink.failAtStep = sink.steps;
        assertThrows(IOException.class, () -> complete(Io.inspectWrites(sink, seen::append).write(bytes("x"))));
        assertEquals("ab|c|de|fg|", seen.toString());
    }
}
