package dev.edo.codec;

/**
 * Where the next chunk ends that a delimiter follows, and how far the search has come: what
 * {@link LinesCodec} and {@link AnyDelimiterCodec} have in common.
 *
 * <p>Algorithm: the bytes looked at are not looked at again when more have come. A chunk longer
 * than the limit fails once, when that is known; its bytes are then taken and dropped as they come,
 * up to its delimiter, and the search goes on behind it.
 *
 * <p>Origin: the {@code decode} functions of
 * tokio-util/src/codec/{lines_codec,any_delimiter_codec}.rs.
 */
abstract class ChunkSearch {
    private final String what;
    private final int maxLength;

    /** The first index that has not been looked at. */
    private int next;

    /** Whether the rest of a chunk that was too long is being dropped. */
    private boolean discarding;

    ChunkSearch(String what, int maxLength) {
        if (maxLength < 0) {
            throw new IllegalArgumentException("maxLength=" + maxLength + " bytes: expected at least 0");
        }
        this.what = what;
        this.maxLength = maxLength;
    }

    /** The first index of a delimiter, or -1. */
    abstract int delimiter(FrameBuffer src, int from, int to);

    int maxLength() {
        return maxLength;
    }

    /** The length of the first chunk, which its delimiter follows, or -1 when more bytes are needed. */
    int find(FrameBuffer src) throws FrameTooLongException {
        while (true) {
            int to = (int) Math.min(maxLength + 1L, src.length());
            int end = delimiter(src, next, to);
            if (discarding) {
                next = 0;
                src.skip(end < 0 ? to : end + 1);
                discarding = end < 0;
                if (src.isEmpty()) {
                    return -1;
                }
            } else if (end >= 0) {
                next = 0;
                return end;
            } else if (src.length() > maxLength) {
                next = 0;
                discarding = true;
                throw new FrameTooLongException(what, to, maxLength, true);
            } else {
                next = to;
                return -1;
            }
        }
    }

    /** What was searched is taken, as the end of the stream is its delimiter. */
    void end() {
        next = 0;
    }

    /** Begins anew, with bytes that have nothing to do with what came before. */
    void restart() {
        next = 0;
        discarding = false;
    }
}
