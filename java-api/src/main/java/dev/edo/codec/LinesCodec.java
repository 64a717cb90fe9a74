package dev.edo.codec;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/**
 * Lines of UTF-8 text that end with <code>\n</code> on all platforms; one <code>\r</code> before it
 * is taken away. At the end of the stream the last line needs no end.
 *
 * <pre>{@code
 * var lines = new Framed<>(stream, new LinesCodec(1024));
 * }</pre>
 *
 * <p><em>Errors:</em> {@link FrameTooLongException} for a line beyond the limit,
 * {@link CodecException} for one that is not UTF-8. Both drop that line and can be recovered from:
 * the next answer is the next line.
 *
 * @see <a
 *     href="https://docs.rs/tokio-util/latest/tokio_util/codec/struct.LinesCodec.html">LinesCodec</a>
 */
public final class LinesCodec implements Codec<String, String> {
    private final ChunkSearch search;

    /**
     * Lines of any length. Who sends bytes without an end of line makes the buffer grow without an
     * end: give a limit where the other side is not to be trusted.
     */
    public LinesCodec() {
        this(Integer.MAX_VALUE);
    }

    /**
     * Lines of a limited length.
     *
     * @param maxLength in bytes, a <code>\r</code> counted, the <code>\n</code> not; at least 0;
     *     holds for what comes in
     * @throws IllegalArgumentException when negative
     */
    public LinesCodec(int maxLength) {
        search = new LineSearch(maxLength);
    }

    private static final class LineSearch extends ChunkSearch {
        LineSearch(int maxLength) {
            super("line", maxLength);
        }

        @Override
        int delimiter(FrameBuffer src, int from, int to) {
            return src.indexOf((byte) '\n', from, to);
        }
    }

    /** {@return how long a line may be, in bytes; {@link Integer#MAX_VALUE} where there is no limit} */
    public int maxLength() {
        return search.maxLength();
    }

    @Override
    public @Nullable String decode(FrameBuffer src) throws IOException {
        int length = search.find(src);
        return length < 0 ? null : take(src, length, 1);
    }

    @Override
    public @Nullable String decodeEof(FrameBuffer src) throws IOException {
        var line = decode(src);
        if (line != null) {
            return line;
        }
        search.end();
        if (src.isEmpty() || src.length() == 1 && src.get(0) == '\r') {
            return null;
        }
        return take(src, src.length(), 0);
    }

    private static String take(FrameBuffer src, int length, int delimiterBytes) throws CodecException {
        int carriageReturn = length > 0 && src.get(length - 1) == '\r' ? 1 : 0;
        try {
            return src.readUtf8(length - carriageReturn);
        } catch (CharacterCodingException e) {
            throw new CodecException("line of " + length + " bytes is not UTF-8", true, e);
        } finally {
            src.skip(carriageReturn + delimiterBytes);
        }
    }

    @Override
    public void restart() {
        search.restart();
    }

    @Override
    public void encode(String line, FrameBuffer dst) {
        dst.putUtf8(line);
        dst.put((byte) '\n');
    }

    @Override
    public String toString() {
        return "LinesCodec[maxLength=" + maxLength() + "]";
    }
}
