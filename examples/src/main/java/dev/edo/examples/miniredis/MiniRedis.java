package dev.edo.examples.miniredis;

import dev.edo.Edo;
import dev.edo.examples.Program;
import dev.edo.examples.Serving;
import java.util.Map;

/** A server for {@code redis-cli} and {@code redis-benchmark -t ping,set,get,incr -P 16}. */
public final class MiniRedis {
    private static final String HELP = """
            usage: examples/run miniredis [--serve HOST:PORT]

            Speaks RESP2: PING ECHO GET SET [EX s | PX ms] DEL EXISTS INCR EXPIRE TTL PUBLISH SUBSCRIBE
            UNSUBSCRIBE QUIT, and enough of COMMAND and CONFIG GET for redis-cli and redis-benchmark.
            Values live in memory only.

              --serve HOST:PORT  where to listen  (default 127.0.0.1:6379)
            """;

    private MiniRedis() {}

    /**
     * Runs the program.
     *
     * @param arguments {@code --serve HOST:PORT}
     * @throws Exception when it cannot run
     */
    public static void main(String[] arguments) throws Exception {
        Program.run(HELP, Map.of("--serve", "127.0.0.1:6379"), arguments, given -> Edo.run(() -> {
            var store = new Store();
            var channels = new Channels();
            var _ = Edo.spawn(store::endLeases);
            Serving.serve(
                    "miniredis", given.text("--serve"), stream -> new Session(stream, store, channels).run());
        }));
    }
}
