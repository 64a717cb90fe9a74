package dev.edo.io;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes that come in piece by piece, up to a limit.
 *
 * <p>Invariants: {@code count <= bytes.length}, and the array is at most one byte longer than the
 * limit.
 */
final class Accumulator {
    /** What fits into an array, with a byte to spare that shows that there is more. */
    static final int MAX_LIMIT_BYTES = Integer.MAX_VALUE - 9;

    private static final int FIRST_BYTES = 512;
    private static final char REPLACEMENT = '\uFFFD';

    private final String what;
    private final int limitBytes;
    private byte[] bytes = new byte[0];
    private int count;

    Accumulator(String what, int limitBytes) {
        this.what = what;
        this.limitBytes = checkedLimit(limitBytes);
    }

    static int checkedLimit(int limitBytes) {
        if (limitBytes < 0) {
            throw new IllegalArgumentException("limit=" + limitBytes + " bytes: a limit is not negative");
        }
        return Math.min(limitBytes, MAX_LIMIT_BYTES);
    }

    int count() {
        return count;
    }

    void clear() {
        count = 0;
    }

    /** Takes bytes out of a buffer; the limit allows it. */
    void append(ByteBuffer src, int length) {
        if (length > bytes.length - count) {
            grow(count + length);
        }
        src.get(bytes, count, length);
        count += length;
    }

    /** A buffer around the room that there is now; at least a byte. */
    ByteBuffer room() {
        if (count == bytes.length) {
            grow(count + 1);
        }
        return ByteBuffer.wrap(bytes, count, bytes.length - count);
    }

    /** So many bytes were put into the room. */
    void filled(int length) throws LimitExceededException {
        count += length;
        if (count > limitBytes) {
            throw new LimitExceededException(what, limitBytes);
        }
    }

    private void grow(int least) {
        long wanted = Math.max(Math.max(least, FIRST_BYTES), 2L * bytes.length);
        bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, limitBytes + 1L));
    }

    boolean endsWith(byte b) {
        return count > 0 && bytes[count - 1] == b;
    }

    void dropLast() {
        count--;
    }

    byte[] takeBytes() {
        var taken = count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
        if (taken == bytes) {
            bytes = new byte[0];
        }
        count = 0;
        return taken;
    }

    /** Decodes strictly. */
    String takeText() throws CharacterCodingException {
        int length = count;
        count = 0;
        return decode(bytes, length);
    }

    private static String decode(byte[] bytes, int length) throws CharacterCodingException {
        var text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            // Sent so, or put there in place of what is not UTF-8: the decoder knows.
            CharBuffer unused = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
        }
        return text;
    }
}
