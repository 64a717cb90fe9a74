package dev.edo.codec;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Both directions of a protocol.
 *
 * <pre>{@code
 * var framed = new Framed<>(stream, Codec.of(new RequestDecoder(), new ResponseEncoder()));
 * }</pre>
 *
 * @param <I> the type of the frames that come in
 * @param <O> the type of the frames that go out
 */
public interface Codec<I, O> extends Decoder<I>, Encoder<O> {
    /**
     * A codec of two parts.
     *
     * @param decoder for what comes in
     * @param encoder for what goes out
     * @param <I> the type of the frames that come in
     * @param <O> the type of the frames that go out
     * @return the codec
     */
    static <I, O> Codec<I, O> of(Decoder<I> decoder, Encoder<O> encoder) {
        Objects.requireNonNull(decoder, "decoder");
        Objects.requireNonNull(encoder, "encoder");
        return new Codec<>() {
            @Override
            public @Nullable I decode(FrameBuffer src) throws IOException {
                return decoder.decode(src);
            }

            @Override
            public @Nullable I decodeEof(FrameBuffer src) throws IOException {
                return decoder.decodeEof(src);
            }

            @Override
            public void restart() {
                decoder.restart();
            }

            @Override
            public void encode(O frame, FrameBuffer dst) throws IOException {
                encoder.encode(frame, dst);
            }
        };
    }
}
