package dev.edo.io;

/**
 * A stream cut in two, to be given to two tasks; see {@link Io#split}.
 *
 * <pre>{@code
 * var halves = Io.split(stream);
 * Edo.spawn(() -> receive(halves.read()));
 * send(halves.write());
 * }</pre>
 *
 * @param read reads
 * @param write writes
 * @param <S> the stream
 */
public record SplitHalves<S extends AsyncRead & AsyncWrite>(ReadHalf<S> read, WriteHalf<S> write) {
    /**
     * Puts the halves together again; both are spent then. No other task may be using them.
     *
     * @return the stream
     * @throws IllegalStateException when they were put together before
     */
    public S unsplit() {
        return read.unsplit(write);
    }
}
