package dev.edo.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for bytes in arrays, eight at a time, and puts numbers in and out of them. */
final class ByteScan {
    /** The digits of {@link Long#MIN_VALUE} and its sign. */
    static final int LONGEST_DECIMAL = 20;

    private static final VarHandle SHORT = view(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = view(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = view(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle WORD = view(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long LOWEST_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGHEST_BITS = 0x8080_8080_8080_8080L;

    private ByteScan() {}

    private static VarHandle view(Class<?> type, ByteOrder order) {
        return MethodHandles.byteArrayViewVarHandle(type, order);
    }

    static short shortAt(byte[] array, int at) {
        return (short) SHORT.get(array, at);
    }

    static int intAt(byte[] array, int at) {
        return (int) INT.get(array, at);
    }

    static long longAt(byte[] array, int at) {
        return (long) LONG.get(array, at);
    }

    static void setShort(byte[] array, int at, short value) {
        SHORT.set(array, at, value);
    }

    static void setInt(byte[] array, int at, int value) {
        INT.set(array, at, value);
    }

    static void setLong(byte[] array, int at, long value) {
        LONG.set(array, at, value);
    }

    /**
     * Finds the first of these bytes, or -1.
     *
     * <p>A word with the byte sought xored away has a zero where that byte was. Subtracting one
     * from each of its bytes sets the highest bit of the lowest zero byte for sure; those above it
     * may be wrong, and are not asked.
     */
    static int indexOf(byte[] array, byte value, int from, int to) {
        long pattern = (value & 0xFFL) * LOWEST_BITS;
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long word = (long) WORD.get(array, at) ^ pattern;
            long zeros = word - LOWEST_BITS & ~word & HIGHEST_BITS;
            if (zeros != 0) {
                return at + (Long.numberOfTrailingZeros(zeros) >>> 3);
            }
        }
        for (; at < to; at++) {
            if (array[at] == value) {
                return at;
            }
        }
        return -1;
    }

    /** Writes a number in decimal digits; returns where it ends. The array has room for the longest one. */
    static int putDecimal(byte[] array, int at, long value) {
        int first = at;
        // Negative numbers reach further than positive ones.
        long rest = value;
        if (value < 0) {
            array[first++] = '-';
        } else {
            rest = -value;
        }
        int end = first;
        for (long left = rest; left <= -10; left /= 10) {
            end++;
        }
        for (int digit = end; digit >= first; digit--) {
            array[digit] = (byte) ('0' - rest % 10);
            rest /= 10;
        }
        return end + 1;
    }
}
