package dev.edo.codec;

import dev.edo.io.AsyncRead;
import dev.edo.io.AsyncWrite;
import java.util.Objects;

/**
 * What a {@link Framed} consists of, to be taken apart or put together: with another codec where a
 * protocol changes on the way, without one where the rest is plain bytes.
 *
 * <pre>{@code
 * var parts = http.toParts();
 * var webSocket = new Framed<>(new FramedParts<>(parts.source(), parts.target(), new WebSocketCodec(),
 *         parts.readBuffer(), parts.writeBuffer()));
 * }</pre>
 *
 * @param source where the bytes come from
 * @param target where the bytes go
 * @param codec between bytes and frames
 * @param readBuffer what has been read and not decoded
 * @param writeBuffer what has been encoded and not written
 * @param <I> the type of the frames that come in
 * @param <O> the type of the frames that go out
 * @see <a
 *     href="https://docs.rs/tokio-util/latest/tokio_util/codec/struct.FramedParts.html">FramedParts</a>
 */
public record FramedParts<I, O>(
        AsyncRead source,
        AsyncWrite target,
        Codec<I, O> codec,
        FrameBuffer readBuffer,
        FrameBuffer writeBuffer) {
    /**
     * Puts the parts together.
     *
     * @param source where the bytes come from
     * @param target where the bytes go
     * @param codec between bytes and frames
     * @param readBuffer what has been read and not decoded
     * @param writeBuffer what has been encoded and not written
     */
    public FramedParts {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(codec, "codec");
        Objects.requireNonNull(readBuffer, "readBuffer");
        Objects.requireNonNull(writeBuffer, "writeBuffer");
    }

    /**
     * The parts of a connection that nothing was read from or written to yet.
     *
     * @param io where the bytes come from and go
     * @param codec between bytes and frames
     * @param <S> the type of the connection
     */
    public <S extends AsyncRead & AsyncWrite> FramedParts(S io, Codec<I, O> codec) {
        this(io, io, codec, new FrameBuffer(), new FrameBuffer());
    }
}
