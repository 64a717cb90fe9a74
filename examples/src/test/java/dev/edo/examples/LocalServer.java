package dev.edo.examples;

import dev.edo.net.TcpListener;
import dev.edo.runtime.EdoRuntime;
import dev.edo.task.Action;
import dev.edo.task.JoinHandle;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** An example's server in a runtime of its own, on a free port; its clients know nothing of Edo. */
public final class LocalServer implements AutoCloseable {
    private final EdoRuntime runtime =
            EdoRuntime.builder().multiThread().workerThreads(2).enableAll().build();
    private final TcpListener listener;

    /** Serves with the accept loop that all examples share. */
    public LocalServer(Serving.Handler handler) throws Exception {
        listener = runtime.blockOn(() -> TcpListener.bind("127.0.0.1:0").await());
        spawn(() -> Serving.accept(listener, handler));
    }

    /** Starts a task beside the server. */
    public JoinHandle<@Nullable Void> spawn(Action body) {
        return runtime.spawn(body);
    }

    /** Where it listens. */
    public InetSocketAddress address() throws IOException {
        return listener.localAddress();
    }

    public Client connect() throws IOException {
        return new Client(address());
    }

    @Override
    public void close() {
        listener.close();
        runtime.close();
    }
}
