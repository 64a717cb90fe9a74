package dev.edo.io;

/**
 * Where a seek goes to.
 *
 * <pre>{@code
 * file.seek(SeekFrom.end(-128)).await();
 * }</pre>
 *
 * @see <a href="https://doc.rust-lang.org/std/io/enum.SeekFrom.html">std::io::SeekFrom</a>
 */
public sealed interface SeekFrom {
    /**
     * So many bytes after the start.
     *
     * @param bytes not negative
     */
    record Start(long bytes) implements SeekFrom {
        /** Checks the offset. */
        public Start {
            if (bytes < 0) {
                throw new IllegalArgumentException("bytes=" + bytes
                        + ": there is nothing before the start; use a value that is not negative");
            }
        }
    }

    /**
     * So many bytes after the end; before it where negative.
     *
     * @param bytes the offset
     */
    record End(long bytes) implements SeekFrom {}

    /**
     * So many bytes after the present position; before it where negative.
     *
     * @param bytes the offset
     */
    record Current(long bytes) implements SeekFrom {}

    /**
     * So many bytes after the start.
     *
     * @param bytes not negative
     * @return the position
     * @throws IllegalArgumentException when negative
     */
    static SeekFrom start(long bytes) {
        return new Start(bytes);
    }

    /**
     * So many bytes after the end; before it where negative.
     *
     * @param bytes the offset
     * @return the position
     */
    static SeekFrom end(long bytes) {
        return new End(bytes);
    }

    /**
     * So many bytes after the present position; before it where negative.
     *
     * @param bytes the offset
     * @return the position
     */
    static SeekFrom current(long bytes) {
        return new Current(bytes);
    }
}
