package dev.edo.examples.echo;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A load and, where none is given, the server it loads. */
final class EchoRun implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final EchoOptions options;
    private final @Nullable EchoServer server;
    private final EchoLoad load;

    /**
     * Starts the server, unless the options name one.
     *
     * @throws Exception when it cannot start
     */
    EchoRun(EchoOptions options) throws Exception {
        this.options = options;
        var address = options.connect();
        if (address != null) {
            server = null;
        } else {
            server = new EchoServer(options, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            address = server.address();
        }
        load = new EchoLoad(options, address, GRACE);
    }

    /**
     * Runs to the end, on this thread; once.
     *
     * @throws Exception when a runtime fails; what connections fail with is in the report
     */
    EchoReport run() throws Exception {
        if (server == null) {
            return new EchoReport(options, load.run(List.of()), null);
        }
        var counters = new MeasuredCounters(server::counters);
        var result = load.run(List.of(counters));
        return new EchoReport(options, result, counters.result());
    }

    /** Ends the run early; from any thread. */
    void stop() {
        load.stop();
    }

    long replies() {
        return load.replies();
    }

    long mismatches() {
        return load.mismatches();
    }

    @Override
    public void close() {
        load.close();
        if (server != null) {
            server.close();
        }
    }
}
