package dev.edo.examples.echo;

import dev.edo.Edo;
import dev.edo.net.TcpListener;
import dev.edo.net.TcpStream;
import dev.edo.runtime.EdoRuntime;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Sends back what it receives, in a runtime of its own, until closed. */
final class EchoServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(EchoServer.class.getName());
    /** Until a file descriptor may be free again. */
    private static final Duration ACCEPT_PAUSE = Duration.ofMillis(100);

    private static final int MIN_BUFFER_BYTES = 1 << 12;
    private static final int MAX_BUFFER_BYTES = 1 << 16;

    private final ServerStyle style;
    private final int bufferBytes;
    private final EdoRuntime runtime;
    private final TcpListener listener;
    private final JoinHandle<@Nullable Void> accepting;
    private final Thread thread;

    /**
     * Binds and begins to accept.
     *
     * @param options the style of the tasks, the runtime's flavour, the size of the buffers
     * @param address port 0 for any free one
     * @throws Exception when the address cannot be bound
     */
    EchoServer(EchoOptions options, InetSocketAddress address) throws Exception {
        style = options.style();
        bufferBytes = bufferBytes(options);
        runtime = EchoRuntimes.build(options, "echo-server");
        try {
            listener = runtime.blockOn(() -> TcpListener.bind(address).await());
        } catch (Exception e) {
            runtime.close();
            throw e;
        }
        accepting = runtime.spawn(this::accept);
        // A current-thread runtime needs a thread that drives it; a multi-thread runtime does not mind.
        thread = Thread.ofPlatform().name("echo-server").start(this::drive);
    }

    /** {@return how large a connection's buffer is: a request, but not less than a page} */
    static int bufferBytes(EchoOptions options) {
        return Math.clamp(options.payloadBytes(), MIN_BUFFER_BYTES, MAX_BUFFER_BYTES);
    }

    InetSocketAddress address() throws IOException {
        return listener.localAddress();
    }

    RuntimeCounters counters() {
        return RuntimeCounters.of(runtime.metrics());
    }

    @Override
    public void close() {
        accepting.abort();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        runtime.close();
    }

    private void accept() throws IOException {
        try (listener) {
            for (;;) {
                try {
                    serve(listener.accept().await());
                } catch (ClosedChannelException e) {
                    throw e;
                } catch (IOException e) {
                    LOG.log(Level.WARNING, "cannot accept a connection for now: " + e.getMessage());
                    Edo.sleep(ACCEPT_PAUSE).await();
                }
            }
        }
    }

    private void serve(TcpStream stream) {
        try {
            stream.setNodelay(true);
        } catch (IOException e) {
            stream.close(); // the client is gone already
            return;
        }
        switch (style) {
            case DIRECT -> Edo.spawn(() -> echo(stream));
            case STACKLESS -> Edo.spawn(new EchoConnection(stream, bufferBytes));
        }
    }

    private void echo(TcpStream stream) throws IOException {
        try (stream) {
            var buffer = ByteBuffer.allocateDirect(bufferBytes);
            while (stream.read(buffer.clear()).await() >= 0) {
                stream.writeAll(buffer.flip()).await();
            }
        }
    }

    private void drive() {
        try {
            runtime.blockOn(accepting);
        } catch (JoinError e) {
            if (e.isPanic()) {
                LOG.log(Level.ERROR, "the server stopped accepting", e.getCause());
            }
        } catch (Exception e) {
            throw new IllegalStateException("joining a task throws nothing but JoinError", e);
        }
    }
}
