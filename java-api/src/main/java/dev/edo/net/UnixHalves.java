package dev.edo.net;

/**
 * A stream cut in two, to be given to two tasks.
 *
 * <pre>{@code
 * var halves = stream.split();
 * Edo.spawn(() -> { try (var in = halves.read()) { receive(in); } });
 * Edo.spawn(() -> { try (var out = halves.write()) { send(out); } });
 * }</pre>
 *
 * @param read reads
 * @param write writes
 */
public record UnixHalves(UnixReadHalf read, UnixWriteHalf write) {
    /**
     * Puts the halves together again; both are spent then.
     *
     * @return the stream
     * @throws IllegalArgumentException when they are not of the same stream
     * @throws IllegalStateException when one of them is closed or was put together before
     */
    public UnixStream reunite() {
        return read.reunite(write);
    }
}
