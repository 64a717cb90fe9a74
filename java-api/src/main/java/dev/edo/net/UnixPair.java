package dev.edo.net;

/**
 * Two streams that are connected with each other, as {@link UnixStream#pair()} makes them.
 *
 * <pre>{@code
 * try (var pair = UnixStream.pair()) {
 *     pair.first().writeAll(message).await();
 *     pair.second().readExact(buffer).await();
 * }
 * }</pre>
 *
 * @param first one end
 * @param second the other end
 */
public record UnixPair(UnixStream first, UnixStream second) implements AutoCloseable {
    /** Closes both ends; those that are closed already stay so. */
    @Override
    public void close() {
        first.close();
        second.close();
    }
}
