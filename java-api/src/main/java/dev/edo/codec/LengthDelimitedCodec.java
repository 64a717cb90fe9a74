package dev.edo.codec;

import java.io.EOFException;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Frames with their length in front.
 *
 * <pre>{@code
 * var codec = LengthDelimitedCodec.builder().lengthFieldLength(2).maxFrameLength(1000).build();
 * var framed = new Framed<>(stream, codec); // hello: 00 05 68 65 6c 6c 6f
 * }</pre>
 *
 * <p>A frame is an array of its own. Who makes something else of it reads the payload where it is,
 * with {@link #decoding}, and writes it where it goes, with {@link #encoding}:
 *
 * <pre>{@code
 * Decoder<User> users = codec.decoding(src -> User.parse(src.asByteBuffer()));
 * Encoder<User> answers = codec.encoding((user, dst) -> user.writeTo(dst));
 * }</pre>
 *
 * <p>No memory is allocated for what a length field announces: the buffer grows as the bytes come.
 *
 * <p><em>Errors:</em> {@link FrameTooLongException} for a frame beyond the limit, in both
 * directions, and {@link CodecException} for a length field that makes no sense. What comes in ends
 * with it, since nobody knows where the next frame begins.
 *
 * @see <a href="https://docs.rs/tokio-util/latest/tokio_util/codec/length_delimited/index.html">
 *     length_delimited</a>
 */
public final class LengthDelimitedCodec implements Codec<byte[], byte[]> {
    /*
     * Origin: tokio-util/src/codec/length_delimited.rs. Departures: the limit holds for the
     * payload, after the adjustment, so that whatever can be sent can be received (there it holds
     * for the field when decoding); the buffer is not grown by what the field announces; and a
     * stream that ends right behind a head has not ended well.
     */

    private static final int HEAD = -1;

    private final LengthField field;
    private int maxFrameLength;

    /** The length of the payload whose head has been taken, or HEAD. */
    private int pending = HEAD;

    /** Frames behind a big-endian length of four bytes, of at most 8 MiB. */
    public LengthDelimitedCodec() {
        this(builder().field(), LengthDelimitedBuilder.DEFAULT_MAX_FRAME_LENGTH);
    }

    LengthDelimitedCodec(LengthField field, int maxFrameLength) {
        this.field = field;
        this.maxFrameLength = Math.min(maxFrameLength, field.largestPayload());
    }

    /** {@return a builder for frames behind a big-endian length of four bytes, of at most 8 MiB} */
    public static LengthDelimitedBuilder builder() {
        return new LengthDelimitedBuilder();
    }

    /** {@return how long a frame may be in both directions, in bytes} */
    public int maxFrameLength() {
        return maxFrameLength;
    }

    /**
     * Sets how long a frame may be. A frame whose head has come already is not affected.
     *
     * @param bytes at least 0; what the length field cannot express is cut down to what it can
     * @throws IllegalArgumentException when negative
     */
    public void setMaxFrameLength(int bytes) {
        LengthDelimitedBuilder.checked("maxFrameLength", bytes);
        maxFrameLength = Math.min(bytes, field.largestPayload());
    }

    @Override
    public byte @Nullable [] decode(FrameBuffer src) throws IOException {
        int length = payload(src);
        return length < 0 ? null : src.readBytes(length);
    }

    @Override
    public byte @Nullable [] decodeEof(FrameBuffer src) throws IOException {
        var frame = decode(src);
        if (frame == null) {
            checkEnd(src);
        }
        return frame;
    }

    @Override
    public void restart() {
        pending = HEAD;
    }

    /**
     * Frames whose payload is read where it is. The buffer that the payload's decoder gets ends
     * where the payload ends; what it leaves is dropped.
     *
     * @param payload returns something for each payload
     * @param <T> the type of the frames
     * @return a decoder that shares this codec's state: use one of the two
     */
    public <T> Decoder<T> decoding(Decoder<T> payload) {
        return new PayloadDecoder<>(this, payload);
    }

    /** The length of the payload that the buffer begins with, or -1 when more bytes are needed. */
    int payload(FrameBuffer src) throws CodecException {
        if (pending == HEAD) {
            if (src.length() < field.headBytes()) {
                return HEAD;
            }
            pending = field.payloadLength(src, maxFrameLength);
            src.skip(field.skip());
        }
        if (src.length() < pending) {
            return HEAD;
        }
        int length = pending;
        pending = HEAD;
        return length;
    }

    /** The stream must not end inside a frame, nor between the head, which was taken, and the payload. */
    void checkEnd(FrameBuffer src) throws EOFException {
        if (pending != HEAD) {
            throw new EOFException("the stream ended inside a frame of " + pending
                    + " bytes, missing=" + (pending - src.length()) + " bytes");
        }
        if (!src.isEmpty()) {
            throw new EOFException(
                    "the stream ended inside the head of a frame, left=" + src.length() + " bytes");
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>Of the builder's settings the length field's size, byte order and adjustment hold, and the
     * limit: the field is followed by the frame.
     */
    @Override
    public void encode(byte[] frame, FrameBuffer dst) throws IOException {
        checkLimit(frame.length);
        dst.putUnsigned(field.valueOf(frame.length), field.bytes(), field.order());
        dst.put(frame);
    }

    /**
     * Frames whose payload is written where it goes, behind the length, which is filled in when it
     * is known.
     *
     * @param payload adds the payload and nothing else
     * @param <T> the type of the frames
     * @return the encoder
     */
    public <T> Encoder<T> encoding(Encoder<? super T> payload) {
        Objects.requireNonNull(payload, "payload");
        return (frame, dst) -> {
            int head = dst.length();
            dst.putUnsigned(0, field.bytes(), field.order());
            payload.encode(frame, dst);
            int length = dst.length() - head - field.bytes();
            checkLimit(length);
            dst.setUnsigned(head, field.valueOf(length), field.bytes(), field.order());
        };
    }

    private void checkLimit(int length) throws FrameTooLongException {
        if (length > maxFrameLength) {
            throw new FrameTooLongException("frame", length, maxFrameLength, false);
        }
    }

    @Override
    public String toString() {
        return "LengthDelimitedCodec[" + field + ", maxFrameLength=" + maxFrameLength + "]";
    }
}
