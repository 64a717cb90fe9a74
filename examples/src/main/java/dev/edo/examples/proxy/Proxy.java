package dev.edo.examples.proxy;

import dev.edo.Edo;
import dev.edo.examples.Program;
import dev.edo.examples.Serving;
import dev.edo.io.Io;
import dev.edo.net.Lookup;
import dev.edo.net.TcpStream;
import java.io.IOException;
import java.util.Map;

/**
 * Passes connections on to another server, byte by byte and in both directions. When one side has
 * said all it has to say, the other one is told so and may still answer: {@code printf 'GET /
 * HTTP/1.0\r\n\r\n' | nc -N 127.0.0.1 8081} works through it.
 */
public final class Proxy {
    private static final String HELP = """
            usage: examples/run proxy [--serve HOST:PORT] [--to HOST:PORT]

              --serve HOST:PORT  where to listen            (default 127.0.0.1:8081)
              --to HOST:PORT     the server to pass on to   (default 127.0.0.1:8080)
            """;

    private Proxy() {}

    /**
     * Runs the program.
     *
     * @param arguments the options
     * @throws Exception when it cannot run
     */
    public static void main(String[] arguments) throws Exception {
        var defaults = Map.of("--serve", "127.0.0.1:8081", "--to", "127.0.0.1:8080");
        Program.run(HELP, defaults, arguments, given ->
                Edo.run(() -> serve(given.text("--serve"), given.text("--to"))));
    }

    static void serve(String address, String to) throws IOException {
        Lookup.host(to).await(); // an address that is none is told now, not to each client
        System.out.println("what comes is passed on to " + to);
        Serving.serve("proxy", address, client -> pass(client, to));
    }

    static void pass(TcpStream client, String to) throws IOException {
        try (var server = TcpStream.connect(to).await()) {
            server.setNodelay(true);
            var copied = Io.copyBidirectional(client, server).await();
            System.out.println("a connection ended: " + copied);
        } catch (IOException e) {
            System.out.println("a connection broke: " + e.getMessage());
        }
    }
}
