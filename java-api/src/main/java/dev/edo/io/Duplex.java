package dev.edo.io;

/**
 * The two ends of a connection in memory; see {@link Io#duplex(int)}.
 *
 * <pre>{@code
 * var connection = Io.duplex(4096);
 * Edo.spawn(() -> serve(connection.second()));
 * talk(connection.first());
 * }</pre>
 *
 * @param first one end
 * @param second the other end
 */
public record Duplex(DuplexStream first, DuplexStream second) {}
