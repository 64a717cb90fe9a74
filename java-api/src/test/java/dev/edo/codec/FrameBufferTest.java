package dev.edo.codec;

import static dev.edo.codec.Script.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.io.IoResult;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameBufferTest {
    private static final long[] NUMBERS = {0, 1, -1, 9, 10, -10, 99, 100, 12345, Integer.MIN_VALUE,
        Integer.MAX_VALUE, 999_999_999_999_999_999L, 1_000_000_000_000_000_000L, Long.MAX_VALUE,
        Long.MIN_VALUE};

    private static String text(FrameBuffer buffer) {
        return Script.text(buffer.readBytes(buffer.length()));
    }

    @Test
    void numbersComeOutAsTheyWentIn() {
        var buffer = new FrameBuffer(0);
        for (long number : NUMBERS) {
            buffer.put((byte) number);
            buffer.putShort((short) number);
            buffer.putInt((int) number);
            buffer.putLong(number);
        }
        assertEquals(15 * NUMBERS.length, buffer.length());
        for (long number : NUMBERS) {
            assertEquals((byte) number, buffer.readByte());
            assertEquals((short) number, buffer.readShort());
            assertEquals((int) number, buffer.readInt());
            assertEquals(number, buffer.readLong());
        }
        assertTrue(buffer.isEmpty());
    }

    @Test
    void numbersAreBigEndian() {
        var buffer = new FrameBuffer();
        buffer.putShort((short) 0x0102);
        buffer.putInt(0x03040506);
        buffer.putLong(0x0708090A0B0C0D0EL);
        assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14}, buffer.readBytes(14));
    }

    @Test
    void unsignedNumbersHaveOneToEightBytesInBothOrders() {
        for (int size = 1; size <= 8; size++) {
            long mask = -1L >>> 64 - 8 * size;
            for (long number : NUMBERS) {
                for (var order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
                    var buffer = FrameBuffer.of((byte) 7);
                    buffer.putUnsigned(number, size, order);
                    assertEquals(number & mask, buffer.getUnsigned(1, size, order));
                    var expected = ByteBuffer.allocate(8).putLong(number).array();
                    if (order == ByteOrder.LITTLE_ENDIAN) {
                        expected = ByteBuffer.allocate(8).order(order).putLong(number).array();
                        expected = Arrays.copyOf(expected, size);
                    } else {
                        expected = Arrays.copyOfRange(expected, 8 - size, 8);
                    }
                    buffer.skip(1);
                    assertArrayEquals(expected, buffer.readBytes(size));
                }
            }
        }
        var buffer = FrameBuffer.of(new byte[16]);
        assertThrows(IllegalArgumentException.class, () -> buffer.getUnsigned(0, 9, ByteOrder.BIG_ENDIAN));
        assertThrows(IllegalArgumentException.class, () -> buffer.putUnsigned(0, 0, ByteOrder.BIG_ENDIAN));
    }

    @Test
    void decimalsAreThoseOfTheLibrary() {
        var random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            long number = i < NUMBERS.length ? NUMBERS[i] : random.nextLong() >> random.nextInt(64);
            var buffer = new FrameBuffer(1);
            buffer.put((byte) '<');
            buffer.putDecimal(number);
            buffer.put((byte) '>');
            assertEquals("<" + number + ">", text(buffer));
        }
    }

    @Test
    void lengthCanBeFilledInLater() {
        var buffer = FrameBuffer.of(bytes("x"));
        buffer.skip(1);
        buffer.putUnsigned(0, 2, ByteOrder.BIG_ENDIAN);
        buffer.putUtf8("abc");
        buffer.setUnsigned(0, 3, 2, ByteOrder.BIG_ENDIAN);
        assertEquals("\0\u0003abc", text(buffer));
        var big = ByteOrder.BIG_ENDIAN;
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.setUnsigned(0, 3, 2, big));
    }

    @Test
    void searchFindsTheFirstAtEveryPlaceAndLength() {
        var random = new Random(5);
        for (int length = 0; length < 40; length++) {
            for (int at = 0; at < length; at++) {
                var content = new byte[length];
                // Neighbours of the byte sought in value are where a search by words goes wrong.
                for (int i = 0; i < length; i++) {
                    content[i] = (byte) ('\n' + (random.nextBoolean() ? 1 : -1));
                }
                content[at] = '\n';
                if (random.nextBoolean() && at + 1 < length) {
                    content[at + 1] = '\n';
                }
                var buffer = FrameBuffer.of(content);
                assertEquals(at, buffer.indexOf((byte) '\n'));
                assertEquals(-1, buffer.indexOf((byte) '\n', 0, at));
                assertEquals(at, buffer.indexOf((byte) '\n', at, length));
                buffer.skip(at);
                assertEquals(0, buffer.indexOf((byte) '\n'));
            }
        }
        var buffer = FrameBuffer.of(bytes("\u0080\u00ff\0\u0001\u0080\0\0\0"));
        assertEquals(1, buffer.indexOf((byte) -1));
        assertEquals(2, buffer.indexOf((byte) 0));
        assertEquals(3, buffer.indexOf((byte) 1));
        assertEquals(4, buffer.indexOf((byte) 0x80, 1, 8));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.indexOf((byte) 0, 0, 9));
    }

    @Test
    void takingMoreThanThereIsTakesNothing() {
        var buffer = FrameBuffer.of(bytes("abc"));
        var thrown = assertThrows(BufferUnderflowException.class, buffer::readInt);
        assertTrue(thrown.getMessage().startsWith("bytes=4 are wanted and 3 are there"), thrown::toString);
        assertThrows(BufferUnderflowException.class, () -> buffer.readBytes(4));
        assertThrows(BufferUnderflowException.class, () -> buffer.readUtf8(4));
        assertThrows(IllegalArgumentException.class, () -> buffer.readBytes(-1));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.skip(4));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.skip(-1));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.get(3));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.get(-1));
        assertEquals("abc", text(buffer));
    }

    @Test
    void takenBytesCannotBeSeenAgain() {
        var buffer = FrameBuffer.of(bytes("abc"));
        buffer.skip(1);
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.get(-1));
        assertEquals('b', buffer.get(0));
        assertEquals(ByteBuffer.wrap(bytes("bc")), buffer.asByteBuffer());
        assertThrows(RuntimeException.class, () -> buffer.asByteBuffer().array());
        assertEquals('b', buffer.array()[buffer.arrayOffset()]);
    }

    @Test
    void textIsCheckedAndTakenEitherWay() throws IOException {
        var buffer = FrameBuffer.of("é\uFFFD".getBytes(StandardCharsets.UTF_8));
        buffer.put(bytes("\u00e9x"));
        assertEquals("é\uFFFD", buffer.readUtf8(5));
        assertThrows(CharacterCodingException.class, () -> buffer.readUtf8(1));
        assertEquals("x", buffer.readUtf8(1));
        assertEquals("", buffer.readUtf8(0));
    }

    @Test
    void buffersOfBothKindsAndPartsOfArraysAreAdded() {
        var buffer = new FrameBuffer(2);
        buffer.put(ByteBuffer.wrap(bytes("xabx"), 1, 2));
        var direct = ByteBuffer.allocateDirect(2).put(bytes("cd")).flip();
        buffer.put(direct);
        assertEquals(0, direct.remaining());
        buffer.put(bytes("xefx"), 1, 2);
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.put(bytes("x"), 0, 2));
        assertEquals("abcdef", text(buffer));
    }

    @Test
    void memoryComesWithTheFirstByteAndTakenRoomIsUsedAgain() {
        var buffer = new FrameBuffer(8);
        assertEquals(0, buffer.capacity());
        for (int i = 0; i < 1000; i++) {
            buffer.put(bytes("abcd"));
            assertEquals("abcd", text(buffer));
        }
        assertEquals(8, buffer.capacity());
        buffer.put(bytes("abcdef"));
        buffer.skip(4);
        buffer.put(bytes("ghij"));
        assertEquals(8, buffer.capacity(), "two bytes are moved to the front, where four were taken");
        assertEquals("efghij", text(buffer));
    }

    @Test
    void truncateAndClearDropBytes() {
        var buffer = FrameBuffer.of(bytes("abcdef"));
        buffer.skip(1);
        buffer.truncate(3);
        buffer.truncate(99);
        assertEquals("bcd", text(buffer));
        buffer.put(bytes("abc"));
        buffer.clear();
        assertTrue(buffer.isEmpty());
        assertThrows(IllegalArgumentException.class, () -> buffer.truncate(-1));
    }

    @Test
    void impossibleSizesAreRejected() {
        assertThrows(IllegalArgumentException.class, () -> new FrameBuffer(-1));
        assertThrows(IllegalArgumentException.class, () -> new FrameBuffer(Integer.MAX_VALUE));
        var buffer = FrameBuffer.of(bytes("abc"));
        assertThrows(IllegalArgumentException.class, () -> buffer.reserve(-1));
        var e = assertThrows(IllegalStateException.class, () -> buffer.reserve(Integer.MAX_VALUE));
        assertTrue(e.getMessage().contains("2147483650 bytes"), e::getMessage);
        assertEquals("abc", text(buffer));
    }

    /** As a server decodes its protocol: digits, end of line, so many bytes, end of line. */
    @Test
    void decoderMayReadTheMemoryItself() throws IOException {
        Decoder<String> bulk = src -> {
            var array = src.array();
            int from = src.arrayOffset();
            int to = from + src.length();
            int length = 0;
            for (int at = from; at < to; at++) {
                if (array[at] == '\n') {
                    int whole = at + 1 + length + 1;
                    if (whole > to) {
                        return null;
                    }
                    src.skip(whole - from);
                    return new String(array, at + 1, length, StandardCharsets.ISO_8859_1);
                }
                length = 10 * length + array[at] - '0';
            }
            return null;
        };
        var io = new Script().data("3\nab").pending().data("c\n0\n\n1").data("0\n0123456789\n");
        new Answers<>(io, new FramedRead<>(io, bulk, new FrameBuffer(4)))
                .pending().frame("abc").frame("").frame("0123456789").end();
    }

    /** The model is a queue of bytes; whatever the sequence of operations, the two agree. */
    @Test
    void randomOperationsAgreeWithAModel() {
        var random = new Random(99);
        for (int round = 0; round < 200; round++) {
            var buffer = new FrameBuffer(random.nextInt(20));
            var model = new ArrayDeque<Byte>();
            for (int step = 0; step < 200; step++) {
                switch (random.nextInt(4)) {
                    case 0, 1 -> {
                        var some = new byte[random.nextInt(30)];
                        random.nextBytes(some);
                        buffer.put(some);
                        for (byte b : some) {
                            model.add(b);
                        }
                    }
                    case 2 -> {
                        int n = random.nextInt(buffer.length() + 1);
                        for (byte b : buffer.readBytes(n)) {
                            assertEquals(model.remove(), b);
                        }
                    }
                    default -> {
                        int n = random.nextInt(buffer.length() + 1);
                        buffer.truncate(n);
                        while (model.size() > n) {
                            model.removeLast();
                        }
                    }
                }
                assertEquals(model.size(), buffer.length());
                assertTrue(buffer.capacity() >= buffer.length());
            }
        }
    }

    @Test
    void sourceThatFillsTheBufferGetsALargerOneUpToALimit() throws IOException {
        var buffer = new FrameBuffer();
        var io = new Script().data(new byte[1_000_000]);
        int largest = 0;
        while (buffer.fill(io, io.context()) > 0) {
            largest = Math.max(largest, buffer.capacity());
            buffer.clear();
        }
        assertEquals(64 * 1024, largest);
    }

    /** An array that grew for one frame goes when the buffer ran dry twice without needing it. */
    @Test
    void memoryOfALargeFrameIsGivenUp() throws IOException {
        var buffer = new FrameBuffer();
        buffer.put(new byte[1 << 20]);
        var io = new Script().data("a").data("b").data("c").pending();
        assertEquals(1, buffer.fill(io, io.context()));
        buffer.settle();
        assertTrue(buffer.capacity() > 1 << 20, "bytes are left");
        buffer.clear();
        buffer.settle();
        assertTrue(buffer.capacity() > 1 << 20, "needed lately");
        var large = buffer.array();
        assertEquals(1, buffer.fill(io, io.context()));
        assertSame(large, buffer.array());
        buffer.clear();
        buffer.settle();
        assertEquals(0, buffer.capacity());
        assertEquals(1, buffer.fill(io, io.context()));
        assertNotSame(large, buffer.array());
        assertEquals(FrameBuffer.DEFAULT_CAPACITY, buffer.capacity());
        assertEquals(IoResult.PENDING, buffer.fill(io, io.context()));
        assertEquals("c", text(buffer));
    }

    @Test
    void payloadsInsidePayloadsAreNarrowedAndWidened() {
        var buffer = FrameBuffer.of(bytes("abcdefgh"));
        int outer = buffer.narrow(6);
        buffer.skip(1);
        int inner = buffer.narrow(2);
        assertEquals(2, buffer.length());
        assertThrows(IllegalStateException.class, () -> buffer.put((byte) 0));
        assertThrows(IllegalStateException.class, () -> buffer.truncate(0));
        buffer.widen(inner);
        assertEquals('d', buffer.get(0));
        assertEquals(3, buffer.length());
        assertThrows(IllegalStateException.class, () -> buffer.put((byte) 0));
        buffer.widen(outer);
        buffer.put((byte) 'i');
        assertEquals("ghi", text(buffer));
    }
}
