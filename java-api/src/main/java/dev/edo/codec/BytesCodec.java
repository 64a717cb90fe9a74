package dev.edo.codec;

import org.jspecify.annotations.Nullable;

/**
 * Bytes as they come: each frame is what one look at the source brought.
 *
 * <pre>{@code
 * var parts = new FramedRead<>(file, new BytesCodec());
 * }</pre>
 *
 * @see <a
 *     href="https://docs.rs/tokio-util/latest/tokio_util/codec/struct.BytesCodec.html">BytesCodec</a>
 */
public final class BytesCodec implements Codec<byte[], byte[]> {
    /** A codec without state. */
    public BytesCodec() {}

    @Override
    public byte @Nullable [] decode(FrameBuffer src) {
        return src.isEmpty() ? null : src.readBytes(src.length());
    }

    @Override
    public void encode(byte[] bytes, FrameBuffer dst) {
        dst.put(bytes);
    }

    @Override
    public String toString() {
        return "BytesCodec";
    }
}
