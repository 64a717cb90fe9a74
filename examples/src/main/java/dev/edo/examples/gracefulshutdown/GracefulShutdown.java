package dev.edo.examples.gracefulshutdown;

import dev.edo.Edo;
import dev.edo.examples.Program;
import dev.edo.examples.Serving;
import dev.edo.future.Select;
import dev.edo.future.Selected2;
import dev.edo.io.BufReader;
import dev.edo.net.TcpListener;
import dev.edo.net.TcpStream;
import dev.edo.signal.Signal;
import dev.edo.signal.SignalKind;
import dev.edo.sync.CancellationToken;
import dev.edo.task.TaskTracker;
import dev.edo.time.Elapsed;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * A server that ends in good order. Each line sent to it is a job of a second. Ctrl-C, or a {@code kill},
 * stops accepting; each connection finishes its job, says goodbye and closes; after five seconds the rest
 * is cut off.
 *
 * <p>Four parts make that: <em>listeners</em> hear of the signals, a <em>token</em> tells everybody, a
 * <em>tracker</em> knows who is still there, and a time limit says how long to wait. What is listened to
 * no longer ends the JVM; the return of {@code main} does.
 */
public final class GracefulShutdown {
    private static final String HELP = """
            usage: examples/run graceful-shutdown [--serve HOST:PORT]

              --serve HOST:PORT  where to listen  (default 127.0.0.1:7004)
            """;
    private static final Duration JOB = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Until a file descriptor may be free again. */
    private static final Duration ACCEPT_PAUSE = Duration.ofMillis(100);

    private static final int MAX_LINE_BYTES = 4096;

    private final CancellationToken shutdown = CancellationToken.create();
    private final TaskTracker connections = new TaskTracker();

    /**
     * Runs the program.
     *
     * @param arguments {@code --serve HOST:PORT}
     * @throws Exception when it cannot run
     */
    public static void main(String[] arguments) throws Exception {
        Program.run(HELP, Map.of("--serve", "127.0.0.1:7004"), arguments, given -> {
            var server = new GracefulShutdown();
            var interrupt = Signal.listen(SignalKind.interrupt());
            var terminate = Signal.listen(SignalKind.terminate());
            Edo.run(() -> {
                Edo.spawn(() -> {
                    Select.of(interrupt.recv(), terminate.recv()).await();
                    server.stop();
                });
                try (var listener = TcpListener.bind(given.text("--serve")).await()) {
                    Serving.announce("graceful-shutdown", listener);
                    server.serve(listener);
                }
                server.drain();
            });
        });
    }

    void stop() {
        shutdown.cancel();
    }

    void serve(TcpListener listener) throws Exception {
        while (!shutdown.isCancelled()) {
            try {
                if (Select.of(listener.accept(), shutdown.cancelled()).await()
                        instanceof Selected2.First(var stream)) {
                    var _ = connections.spawn(() -> converse(stream));
                }
            } catch (ClosedChannelException e) {
                throw e;
            } catch (IOException e) {
                System.err.println("cannot accept a connection for now: " + e.getMessage());
                Edo.sleep(ACCEPT_PAUSE).await();
            }
        }
    }

    private void converse(TcpStream stream) throws Exception {
        try (stream) {
            var lines = new BufReader<>(stream).lines(MAX_LINE_BYTES);
            while (Select.of(lines.nextLine(), shutdown.cancelled()).await()
                    instanceof Selected2.First(var line)) {
                if (line == null) {
                    return;
                }
                tell(stream, "working on: " + line);
                Edo.sleep(JOB).await(); // nothing interrupts a job
                tell(stream, "done: " + line);
            }
            tell(stream, "goodbye");
        }
    }

    /** Waits for all connections, but not longer than there is patience; returns how many are left. */
    long drain() throws Exception {
        System.out.println("shutting down; " + connections.size() + " connections to go");
        connections.close();
        try {
            connections.waitAll().timeout(PATIENCE).await();
            System.out.println("all have ended");
        } catch (Elapsed e) {
            System.out.println(connections.size() + " did not end in time and are cut off");
        }
        return connections.size();
    }

    private static void tell(TcpStream stream, String line) throws IOException {
        stream.writeAll(StandardCharsets.UTF_8.encode(line + "\n")).await();
    }
}
