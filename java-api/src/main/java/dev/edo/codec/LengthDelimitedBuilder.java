package dev.edo.codec;

import dev.edo.io.AsyncRead;
import dev.edo.io.AsyncWrite;
import java.nio.ByteOrder;

/**
 * Says what the head of a frame looks like. A bad value is rejected at once with an
 * {@link IllegalArgumentException} that names the option, the value and the range.
 *
 * <pre>{@code
 * // type (1), length of all that follows (2), flags (1), payload: the frame is the payload
 * var codec = LengthDelimitedCodec.builder()
 *         .lengthFieldOffset(1)
 *         .lengthFieldLength(2)
 *         .lengthAdjustment(-1)
 *         .numSkip(4)
 *         .build();
 * }</pre>
 *
 * @see <a
 *     href="https://docs.rs/tokio-util/latest/tokio_util/codec/length_delimited/struct.Builder.html">
 *     length_delimited::Builder</a>
 */
public final class LengthDelimitedBuilder {
    static final int DEFAULT_MAX_FRAME_LENGTH = 8 * 1024 * 1024;

    private int maxFrameLength = DEFAULT_MAX_FRAME_LENGTH;
    private int offset;
    private int bytes = Integer.BYTES;
    private ByteOrder order = ByteOrder.BIG_ENDIAN;
    private int adjustment;

    /** Negative: up to the end of the length field. */
    private int skip = -1;

    LengthDelimitedBuilder() {}

    /** {@return this, with the length field's highest byte first (the default)} */
    public LengthDelimitedBuilder bigEndian() {
        return order(ByteOrder.BIG_ENDIAN);
    }

    /** {@return this, with the length field's lowest byte first} */
    public LengthDelimitedBuilder littleEndian() {
        return order(ByteOrder.LITTLE_ENDIAN);
    }

    /** {@return this, with the length field in the order of this machine} */
    public LengthDelimitedBuilder nativeEndian() {
        return order(ByteOrder.nativeOrder());
    }

    private LengthDelimitedBuilder order(ByteOrder value) {
        order = value;
        return this;
    }

    /**
     * Limits how long a frame may be, in both directions.
     *
     * @param value in bytes, at least 0; default 8 MiB; what the length field cannot express is cut
     *     down to what it can
     * @return this
     */
    public LengthDelimitedBuilder maxFrameLength(int value) {
        maxFrameLength = checked("maxFrameLength", value);
        return this;
    }

    /**
     * Sets how large the length field is.
     *
     * @param value in bytes, 1 to 8; default 4
     * @return this
     */
    public LengthDelimitedBuilder lengthFieldLength(int value) {
        if (value < 1 || value > Long.BYTES) {
            throw new IllegalArgumentException(
                    "lengthFieldLength=" + value + ": expected 1 to " + Long.BYTES);
        }
        bytes = value;
        return this;
    }

    /**
     * Sets what comes before the length field. Holds for decoding only.
     *
     * @param value in bytes, at least 0; default 0
     * @return this
     */
    public LengthDelimitedBuilder lengthFieldOffset(int value) {
        offset = checked("lengthFieldOffset", value);
        return this;
    }

    /**
     * Sets what to add to the value of the length field to get the length of the frame; when
     * encoding it is taken off.
     *
     * @param value in bytes, possibly negative: the size of the head where the field counts it;
     *     default 0
     * @return this
     */
    public LengthDelimitedBuilder lengthAdjustment(int value) {
        adjustment = value;
        return this;
    }

    /**
     * Sets how many bytes are dropped before the frame begins. Holds for decoding only.
     *
     * @param value in bytes, at least 0: with 0 the head is part of the frame; default: all up to
     *     the end of the length field
     * @return this
     */
    public LengthDelimitedBuilder numSkip(int value) {
        skip = checked("numSkip", value);
        return this;
    }

    /**
     * Makes a codec, for one connection.
     *
     * @return the codec
     * @throws IllegalArgumentException where the head would be larger than a buffer can be
     */
    public LengthDelimitedCodec build() {
        return new LengthDelimitedCodec(field(), maxFrameLength);
    }

    /**
     * Makes a reader with a new codec.
     *
     * @param source of the bytes; stays the caller's to close
     * @return its frames
     */
    public FramedRead<byte[]> newRead(AsyncRead source) {
        return new FramedRead<>(source, build());
    }

    /**
     * Makes a writer with a new codec.
     *
     * @param target where the bytes go; stays the caller's to close
     * @return a sink of frames
     */
    public FramedWrite<byte[]> newWrite(AsyncWrite target) {
        return new FramedWrite<>(target, build());
    }

    /**
     * Makes frames in both directions with a new codec.
     *
     * @param io the connection; stays the caller's to close
     * @param <S> the type of the connection
     * @return its frames
     */
    public <S extends AsyncRead & AsyncWrite> Framed<byte[], byte[]> newFramed(S io) {
        return new Framed<>(io, build());
    }

    LengthField field() {
        long end = (long) offset + bytes;
        if (end > FrameBuffer.MAX_CAPACITY) {
            throw new IllegalArgumentException("lengthFieldOffset=" + offset + ", lengthFieldLength=" + bytes
                    + ": expected at most " + FrameBuffer.MAX_CAPACITY + " bytes together");
        }
        return new LengthField(offset, bytes, order, adjustment, skip < 0 ? (int) end : skip);
    }

    static int checked(String option, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(option + "=" + value + " bytes: expected at least 0");
        }
        return value;
    }
}
