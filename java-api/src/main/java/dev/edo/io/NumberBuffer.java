package dev.edo.io;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Makes the bytes of a number that is to be written, and refuses numbers that do not fit. */
final class NumberBuffer {
    private static final int BIG_BYTES = 16;
    private static final int BIG_BITS = 128;

    private NumberBuffer() {}

    static ByteBuffer of8(int value, int least, int most) {
        return ByteBuffer.wrap(new byte[] {(byte) checked(value, least, most)});
    }

    static ByteBuffer ofU16(ByteOrder order, int value) {
        return of16(order, checked(value, 0, 0xffff));
    }

    static ByteBuffer ofI16(ByteOrder order, int value) {
        return of16(order, checked(value, Short.MIN_VALUE, Short.MAX_VALUE));
    }

    private static ByteBuffer of16(ByteOrder order, long value) {
        return ByteBuffer.allocate(Short.BYTES).order(order).putShort((short) value).flip();
    }

    static ByteBuffer ofU32(ByteOrder order, long value) {
        return ofInt(order, (int) checked(value, 0, 0xffff_ffffL));
    }

    static ByteBuffer ofInt(ByteOrder order, int value) {
        return ByteBuffer.allocate(Integer.BYTES).order(order).putInt(value).flip();
    }

    static ByteBuffer ofFloat(ByteOrder order, float value) {
        return ofInt(order, Float.floatToRawIntBits(value));
    }

    static ByteBuffer ofDouble(ByteOrder order, double value) {
        return of64(order, Double.doubleToRawLongBits(value));
    }

    static ByteBuffer of64(ByteOrder order, long value) {
        return ByteBuffer.allocate(Long.BYTES).order(order).putLong(value).flip();
    }

    static ByteBuffer of128(ByteOrder order, BigInteger value, boolean signed) {
        boolean fits = signed
                ? value.bitLength() < BIG_BITS
                : value.signum() >= 0 && value.bitLength() <= BIG_BITS;
        if (!fits) {
            throw new IllegalArgumentException("value=" + value + " does not fit into "
                    + (signed ? "a signed" : "an unsigned") + " number of 128 bits");
        }
        var minimal = value.toByteArray();
        var bytes = new byte[BIG_BYTES];
        if (value.signum() < 0) {
            Arrays.fill(bytes, (byte) -1);
        }
        int length = Math.min(minimal.length, BIG_BYTES);
        System.arraycopy(minimal, minimal.length - length, bytes, BIG_BYTES - length, length);
        if (order == ByteOrder.LITTLE_ENDIAN) {
            ReadNumberFuture.reverse(bytes);
        }
        return ByteBuffer.wrap(bytes);
    }

    private static long checked(long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "value=" + value + " does not fit: it must be " + least + " to " + most);
        }
        return value;
    }
}
