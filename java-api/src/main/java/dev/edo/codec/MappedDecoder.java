package dev.edo.codec;

import java.io.IOException;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Decoder#map} returns.
 *
 * @param <T> the type of the frames that the source decodes
 * @param <R> the type of what is made of them
 */
final class MappedDecoder<T, R> implements Decoder<R> {
    private final Decoder<T> source;
    private final Function<? super T, ? extends R> mapper;

    MappedDecoder(Decoder<T> source, Function<? super T, ? extends R> mapper) {
        this.source = source;
        this.mapper = Objects.requireNonNull(mapper, "mapper");
    }

    @Override
    public @Nullable R decode(FrameBuffer src) throws IOException {
        return mapped(source.decode(src));
    }

    @Override
    public @Nullable R decodeEof(FrameBuffer src) throws IOException {
        return mapped(source.decodeEof(src));
    }

    @Override
    public void restart() {
        source.restart();
    }

    private @Nullable R mapped(@Nullable T frame) {
        return frame == null
                ? null
                : Objects.requireNonNull(mapper.apply(frame), "the function of Decoder.map returned null");
    }
}
