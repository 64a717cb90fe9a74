package dev.edo.net;

/**
 * Two sockets of datagrams that are connected with each other, as {@link UnixDatagram#pair()} makes them.
 *
 * <pre>{@code
 * try (var pair = UnixDatagram.pair()) {
 *     pair.first().send(message).await();
 *     pair.second().recv(buffer).await();
 * }
 * }</pre>
 *
 * @param first one end
 * @param second the other end
 */
public record UnixDatagramPair(UnixDatagram first, UnixDatagram second) implements AutoCloseable {
    /** Closes both ends; those that are closed already stay so. */
    @Override
    public void close() {
        first.close();
        second.close();
    }
}
