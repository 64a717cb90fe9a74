package dev.edo.codec;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Chunks of bytes, each ended by any one of several bytes. At the end of the stream the last one
 * needs no end.
 *
 * <pre>{@code
 * var codec = new AnyDelimiterCodec(",;\r\n".getBytes(US_ASCII), ";".getBytes(US_ASCII));
 * var chunks = new Framed<>(stream, codec);
 * }</pre>
 *
 * <p><em>Errors:</em> {@link FrameTooLongException} for a chunk beyond the limit; it is dropped,
 * and the next answer is the next chunk.
 *
 * @see <a href="https://docs.rs/tokio-util/latest/tokio_util/codec/struct.AnyDelimiterCodec.html">
 *     AnyDelimiterCodec</a>
 */
public final class AnyDelimiterCodec implements Codec<byte[], byte[]> {
    private final ChunkSearch search;
    private final byte[] terminator;

    /** Chunks of any length that end with one of <code>, ; \n \r</code>, and are sent with a comma. */
    public AnyDelimiterCodec() {
        this(new byte[] {',', ';', '\n', '\r'}, new byte[] {','});
    }

    /**
     * Chunks of any length. Who sends no delimiter makes the buffer grow without an end: give a
     * limit where the other side is not to be trusted.
     *
     * @param delimiters each of these bytes ends a chunk that comes in
     * @param terminator all of these bytes follow a chunk that goes out
     */
    public AnyDelimiterCodec(byte[] delimiters, byte[] terminator) {
        this(delimiters, terminator, Integer.MAX_VALUE);
    }

    /**
     * Chunks of a limited length.
     *
     * @param delimiters each of these bytes ends a chunk that comes in
     * @param terminator all of these bytes follow a chunk that goes out
     * @param maxLength in bytes, the delimiter not counted, at least 0; holds for what comes in
     * @throws IllegalArgumentException when negative
     */
    public AnyDelimiterCodec(byte[] delimiters, byte[] terminator, int maxLength) {
        search = new AnySearch(delimiters, maxLength);
        this.terminator = terminator.clone();
    }

    private static final class AnySearch extends ChunkSearch {
        private final boolean[] delimits = new boolean[1 << Byte.SIZE];

        AnySearch(byte[] delimiters, int maxLength) {
            super("chunk", maxLength);
            for (byte delimiter : delimiters) {
                delimits[Byte.toUnsignedInt(delimiter)] = true;
            }
        }

        @Override
        int delimiter(FrameBuffer src, int from, int to) {
            var array = src.array();
            int offset = src.arrayOffset();
            for (int at = from; at < to; at++) {
                if (delimits[Byte.toUnsignedInt(array[offset + at])]) {
                    return at;
                }
            }
            return -1;
        }
    }

    /** {@return how long a chunk may be, in bytes; {@link Integer#MAX_VALUE} where there is no limit} */
    public int maxLength() {
        return search.maxLength();
    }

    @Override
    public byte @Nullable [] decode(FrameBuffer src) throws IOException {
        int length = search.find(src);
        if (length < 0) {
            return null;
        }
        var chunk = src.readBytes(length);
        src.skip(1);
        return chunk;
    }

    @Override
    public byte @Nullable [] decodeEof(FrameBuffer src) throws IOException {
        var chunk = decode(src);
        if (chunk != null) {
            return chunk;
        }
        search.end();
        return src.isEmpty() ? null : src.readBytes(src.length());
    }

    @Override
    public void restart() {
        search.restart();
    }

    @Override
    public void encode(byte[] chunk, FrameBuffer dst) {
        dst.put(chunk);
        dst.put(terminator);
    }

    @Override
    public String toString() {
        return "AnyDelimiterCodec[maxLength=" + maxLength() + "]";
    }
}
