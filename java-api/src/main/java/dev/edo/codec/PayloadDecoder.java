package dev.edo.codec;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@link LengthDelimitedCodec#decoding} returns.
 *
 * @param <T> the type of the frames
 */
final class PayloadDecoder<T> implements Decoder<T> {
    private final LengthDelimitedCodec frames;
    private final Decoder<T> payload;

    PayloadDecoder(LengthDelimitedCodec frames, Decoder<T> payload) {
        this.frames = frames;
        this.payload = Objects.requireNonNull(payload, "payload");
    }

    @Override
    public @Nullable T decode(FrameBuffer src) throws IOException {
        int length = frames.payload(src);
        if (length < 0) {
            return null;
        }
        int hidden = src.narrow(length);
        try {
            return Objects.requireNonNull(payload.decode(src), "the decoder of a payload returned null");
        } finally {
            src.widen(hidden);
        }
    }

    @Override
    public @Nullable T decodeEof(FrameBuffer src) throws IOException {
        var frame = decode(src);
        if (frame == null) {
            frames.checkEnd(src);
        }
        return frame;
    }

    @Override
    public void restart() {
        frames.restart();
        payload.restart();
    }
}
