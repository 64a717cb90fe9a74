package dev.edo.io;

import java.nio.ByteBuffer;

/** Finds a byte in a buffer, eight at a time. */
final class ByteSearch {
    private static final long EACH_BYTE = 0x0101_0101_0101_0101L;
    private static final long LOW_BITS = 0x7f7f_7f7f_7f7f_7f7fL;

    private ByteSearch() {}

    /**
     * Finds the first one.
     *
     * @param in big endian; looked at from its position to its limit
     * @return where it is, or -1
     */
    static int indexOf(ByteBuffer in, byte wanted) {
        int at = in.position();
        int end = in.limit();
        long pattern = (wanted & 0xffL) * EACH_BYTE;
        for (; end - at >= Long.BYTES; at += Long.BYTES) {
            long difference = in.getLong(at) ^ pattern;
            // The high bit of each byte that is 0, and no other.
            long zeros = ~((difference & LOW_BITS) + LOW_BITS | difference | LOW_BITS);
            if (zeros != 0) {
                return at + Long.numberOfLeadingZeros(zeros) / Byte.SIZE;
            }
        }
        for (; at < end; at++) {
            if (in.get(at) == wanted) {
                return at;
            }
        }
        return -1;
    }
}
