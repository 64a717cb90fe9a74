package dev.edo.impl.net;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A socket that is being prepared; connecting and listening take it away from here.
 *
 * @param <N> the type of the socket
 */
abstract class PreparedSocket<N extends NativeSocket> implements AutoCloseable {
    private final AtomicReference<@Nullable N> socket;

    /** What the API calls this. */
    private final String name;

    /** Set before the socket is taken away: who finds none knows why. */
    private volatile boolean closed;

    PreparedSocket(N socket, String name) {
        this.socket = new AtomicReference<>(socket);
        this.name = name;
    }

    final N socket() throws ClosedSocketException {
        return open(socket.get());
    }

    /** Takes the socket away, for a call that fails with what is wrong. */
    final N take() throws ClosedSocketException {
        return open(socket.getAndSet(null));
    }

    /** Takes the socket away, for a call that does not. */
    final N takePresent() {
        return present(socket.getAndSet(null));
    }

    private N open(@Nullable N own) throws ClosedSocketException {
        if (own == null && closed) {
            throw new ClosedSocketException("this " + name + " is closed");
        }
        return present(own);
    }

    private N present(@Nullable N own) {
        if (own == null) {
            throw new IllegalStateException("this " + name + " was used up by " + uses() + ", or closed; make a new one");
        }
        return own;
    }

    /** {@return what takes the socket away, for messages} */
    String uses() {
        return "connect() or listen()";
    }

    public int fd() throws IOException {
        return socket().intValue();
    }

    static void requireBacklog(int backlog) {
        if (backlog < 1) {
            throw new IllegalArgumentException("backlog=" + backlog + ": expected at least 1");
        }
    }

    @Override
    public void close() {
        closed = true;
        var own = socket.getAndSet(null);
        if (own != null) {
            own.close();
        }
    }
}
