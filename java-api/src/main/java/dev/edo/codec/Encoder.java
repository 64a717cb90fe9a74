package dev.edo.codec;

import java.io.IOException;
import java.util.Objects;
import java.util.function.Function;

/**
 * Turns frames into bytes.
 *
 * <pre>{@code
 * Encoder<Integer> numbers = (number, dst) -> dst.putInt(number);
 * var writer = new FramedWrite<>(stream, numbers);
 * }</pre>
 *
 * @param <T> the type of the frames
 * @see <a href="https://docs.rs/tokio-util/latest/tokio_util/codec/trait.Encoder.html">Encoder</a>
 */
@FunctionalInterface
public interface Encoder<T> {
    /**
     * Adds a frame to the buffer. When this throws, what it has added so far is taken back.
     *
     * @param frame what to add
     * @param dst where to; valid for this call only
     * @throws IOException when the frame cannot be encoded
     */
    void encode(T frame, FrameBuffer dst) throws IOException;

    /**
     * Makes a frame of something else.
     *
     * @param mapper runs inside {@code encode}
     * @param <U> the type of what is made into frames
     * @return an encoder that uses this one
     */
    default <U> Encoder<U> mapEncode(Function<? super U, ? extends T> mapper) {
        Objects.requireNonNull(mapper, "mapper");
        return (item, dst) -> encode(mapper.apply(item), dst);
    }
}
