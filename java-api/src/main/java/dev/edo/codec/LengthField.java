package dev.edo.codec;

import java.nio.ByteOrder;

/**
 * What a {@link LengthDelimitedBuilder} was set to: the place of the length field, and how it says
 * how long the payload is.
 *
 * @param offset bytes before the field
 * @param bytes of the field, 1 to 8
 * @param order of its bytes
 * @param adjustment what to add to the field's value to get the length of the payload
 * @param skip how many bytes are not part of the payload
 */
record LengthField(int offset, int bytes, ByteOrder order, int adjustment, int skip) {
    /** How many bytes must be there before the payload can be looked at. */
    int headBytes() {
        return Math.max(offset + bytes, skip);
    }

    /** The largest payload that the field can announce, at most what an array holds. */
    int largestPayload() {
        long largestValue = bytes >= Integer.BYTES ? 0xFFFF_FFFFL : (1L << bytes * Byte.SIZE) - 1;
        return Math.clamp(largestValue + adjustment, 0, FrameBuffer.MAX_CAPACITY);
    }

    /** The length of the payload behind this head, which is complete. */
    int payloadLength(FrameBuffer src, int maxFrameLength) throws CodecException {
        long value = src.getUnsigned(offset, bytes, order);
        // As unsigned, eight bytes go beyond what a long can hold: then they are too many in any case.
        long length = value < 0 ? value : value + adjustment;
        boolean overflow = value < 0 || adjustment > 0 && length < value;
        if (overflow || length > maxFrameLength) {
            throw new FrameTooLongException("frame", length, maxFrameLength, false);
        }
        if (length < 0) {
            throw new CodecException("length field=" + value + ", adjustment=" + adjustment
                    + ": the frame would have a negative length", false);
        }
        if (length + skip == 0) {
            throw new CodecException("length field=" + value + ", adjustment=" + adjustment
                    + ", numSkip=0: the frame would not even have its own length field", false);
        }
        return (int) length;
    }

    /** The value that announces a payload. */
    long valueOf(int payloadLength) throws CodecException {
        long value = (long) payloadLength - adjustment;
        if (value < 0 || bytes < Long.BYTES && value >= 1L << bytes * Byte.SIZE) {
            throw new CodecException("frame of " + payloadLength + " bytes, adjustment=" + adjustment
                    + ": the length field would be " + value + ", beyond its " + bytes + " bytes", true);
        }
        return value;
    }
}
