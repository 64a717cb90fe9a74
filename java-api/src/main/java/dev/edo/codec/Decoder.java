package dev.edo.codec;

import java.io.EOFException;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds frames in a stream of bytes.
 *
 * <p>A decoder is asked whenever bytes have come, and then again and again until it answers that
 * the frame is not complete yet. It may remember where it stands between two calls; one decoder
 * serves one connection.
 *
 * <pre>{@code
 * Decoder<Integer> numbers = src -> src.length() < 4 ? null : src.readInt();
 * var reader = new FramedRead<>(stream, numbers);
 * }</pre>
 *
 * <p><em>Errors:</em> after an exception the stream of frames ends, unless it is a
 * {@link CodecException} that says that the decoder
 * {@linkplain CodecException#isRecoverable() can go on}.
 *
 * @param <T> the type of the frames
 * @see <a href="https://docs.rs/tokio-util/latest/tokio_util/codec/trait.Decoder.html">Decoder</a>
 */
@FunctionalInterface
public interface Decoder<T> {
    /**
     * Takes the first frame out of the buffer. Where it is not complete the bytes are left, so that
     * the next call sees them again, or taken and remembered by the decoder.
     *
     * @param src what has come, possibly nothing; valid for this call only
     * @return the frame, or null when more bytes are needed
     * @throws IOException when the bytes are no frame
     */
    @Nullable T decode(FrameBuffer src) throws IOException;

    /**
     * Takes the first frame out of the buffer when no more bytes will come; asked again and again
     * until it answers that there is none. A source may go on after its end, as a file does that
     * grows: then {@link #decode} is asked again.
     *
     * @param src what is left, possibly nothing
     * @return the frame, or null when this was all
     * @throws EOFException when the bytes that are left are the beginning of a frame
     * @throws IOException when the bytes are no frame
     */
    default @Nullable T decodeEof(FrameBuffer src) throws IOException {
        var frame = decode(src);
        if (frame == null && !src.isEmpty()) {
            throw new EOFException("the stream ended inside a frame, left=" + src.length() + " bytes");
        }
        return frame;
    }

    /**
     * Forgets a frame of which a part has come: what comes next has nothing to do with it, as one datagram has
     * nothing to do with another. A decoder that remembers nothing between two calls does nothing.
     */
    default void restart() {}

    /**
     * Makes something else of each frame.
     *
     * @param mapper runs inside {@code decode}
     * @param <R> the type of what it makes
     * @return a decoder that uses this one
     */
    default <R> Decoder<R> map(Function<? super T, ? extends R> mapper) {
        return new MappedDecoder<>(this, mapper);
    }
}
