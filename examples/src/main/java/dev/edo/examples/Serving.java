package dev.edo.examples;

import dev.edo.Edo;
import dev.edo.net.TcpListener;
import dev.edo.net.TcpStream;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;

/** The accept loop of the servers among the examples: a task for each connection. */
public final class Serving {
    /** Until a file descriptor may be free again. */
    private static final Duration ACCEPT_PAUSE = Duration.ofMillis(100);

    private Serving() {}

    /** What to do with a connection, in a task of its own. */
    @FunctionalInterface
    public interface Handler {
        /** Serves; the connection is closed afterwards. */
        void serve(TcpStream stream) throws Exception;
    }

    /**
     * Binds, says where, and serves until the program is ended.
     *
     * @param name of the program
     * @param address as in {@code 127.0.0.1:7000}
     * @param handler for each connection
     * @throws IOException when the address cannot be bound
     */
    public static void serve(String name, String address, Handler handler) throws IOException {
        try (var listener = TcpListener.bind(address).await()) {
            announce(name, listener);
            accept(listener, handler);
        }
    }

    /** Prints where a listener listens. */
    public static void announce(String name, TcpListener listener) throws IOException {
        var address = listener.localAddress();
        System.out.println(name + " listens on " + address.getAddress().getHostAddress() + ":"
                + address.getPort() + "; Ctrl-C ends");
    }

    /**
     * Serves until the task is aborted or the listener closed.
     *
     * @param listener where connections come from
     * @param handler for each connection
     */
    public static void accept(TcpListener listener, Handler handler) {
        for (;;) {
            try {
                var stream = listener.accept().await();
                Edo.spawn(() -> handle(stream, handler));
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                System.err.println("cannot accept a connection for now: " + e.getMessage());
                Edo.sleep(ACCEPT_PAUSE).await();
            }
        }
    }

    private static void handle(TcpStream stream, Handler handler) throws Exception {
        try (stream) {
            stream.setNodelay(true);
            handler.serve(stream);
        } catch (IOException e) {
            // the other side is gone: the end of most connections
        }
    }
}
