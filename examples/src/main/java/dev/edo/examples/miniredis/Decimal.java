package dev.edo.examples.miniredis;

import java.nio.ByteBuffer;

/** Decimal numbers as bytes: no leading zeros, no plus sign, no blanks, all of {@code long}. */
final class Decimal {
    /** The longest: {@code -9223372036854775808}. */
    static final int MAX_BYTES = 20;

    private Decimal() {}

    static long parse(ByteBuffer in, int start, int length) {
        if (length == 0 || length > MAX_BYTES) {
            throw invalid();
        }
        boolean negative = in.get(start) == '-';
        int first = negative ? 1 : 0;
        if (first == length || in.get(start + first) == '0' && length > 1) {
            throw invalid();
        }
        long value = 0; // negative all the way: there is one number more
        for (int i = first; i < length; i++) {
            int digit = in.get(start + i) - '0';
            if (digit < 0 || digit > 9 || value < (Long.MIN_VALUE + digit) / 10) {
                throw invalid();
            }
            value = value * 10 - digit;
        }
        if (!negative && value == Long.MIN_VALUE) {
            throw invalid();
        }
        return negative ? value : -value;
    }

    static long parse(byte[] text) {
        return parse(ByteBuffer.wrap(text), 0, text.length);
    }

    /** Appends a number to a buffer that has room for MAX_BYTES. */
    static void append(long value, ByteBuffer out) {
        int start = out.position();
        int end = start + length(value);
        long rest = value;
        for (int i = end - 1; rest != 0 || i == end - 1; i--) {
            out.put(i, (byte) ('0' + Math.abs((int) (rest % 10))));
            rest /= 10;
        }
        if (value < 0) {
            out.put(start, (byte) '-');
        }
        out.position(end);
    }

    static byte[] bytes(long value) {
        var bytes = new byte[length(value)];
        append(value, ByteBuffer.wrap(bytes));
        return bytes;
    }

    private static int length(long value) {
        int length = value < 0 ? 2 : 1;
        for (long rest = value / 10; rest != 0; rest /= 10) {
            length++;
        }
        return length;
    }

    private static NumberFormatException invalid() {
        return new NumberFormatException("value is not an integer or out of range");
    }
}
