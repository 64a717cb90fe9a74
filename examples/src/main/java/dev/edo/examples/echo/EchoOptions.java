package dev.edo.examples.echo;

import dev.edo.runtime.RuntimeFlavor;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the command line asks for. */
final class EchoOptions {
    static final String HELP = """
            usage: examples/run echo [OPTIONS]

            Runs an echo server and a load generator, each in an Edo runtime of its own, and reports
            throughput, latency and whether each byte came back as it was sent.

              --connections N        open connections                                    (default 50)
              --payload BYTES        size of a request                                   (default 64)
              --seconds S            how long to measure                                 (default 10)
              --warmup S             how long to run before that                         (default 1)
              --rate R               requests per second over all connections, each due
                                     at a fixed time from which its latency counts; 0:
                                     each connection sends when its last reply is there  (default 0)
              --serve HOST:PORT      only the server, until Ctrl-C
              --connect HOST:PORT    only the load, against a server elsewhere
              --style STYLE          the server's tasks: direct or stackless             (default direct)
              --flavor FLAVOR        both runtimes: multi or current                     (default multi)
              --workers N            worker threads of each runtime; default: the processors, half
                                     of them for each where both runtimes share this process
              --json FILE            write the report as one JSON object too
              --help                 this

            Ctrl-C ends the load early; what was measured until then is reported.
            Exit status: 0; 1 on a wrong byte or an error; 2 on a wrong option; 130 after Ctrl-C.
            """;

    private int connections = 50;
    private int payloadBytes = 64;
    private Duration duration = Duration.ofSeconds(10);
    private Duration warmup = Duration.ofSeconds(1);
    private int requestsPerSecond;
    private @Nullable InetSocketAddress serve;
    private @Nullable InetSocketAddress connect;
    private ServerStyle style = ServerStyle.DIRECT;
    private RuntimeFlavor flavor = RuntimeFlavor.MULTI_THREAD;
    private int workers;
    private @Nullable Path json;

    private EchoOptions() {}

    /**
     * Reads a command line.
     *
     * @param arguments {@code --name value} or {@code --name=value}
     * @return the options, with defaults for those not given
     * @throws InvalidOption when one cannot be used
     */
    static EchoOptions parse(String... arguments) {
        var options = new EchoOptions();
        for (var rest = Arrays.asList(arguments).iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            options.set(name, equals < 0 ? rest : Arrays.asList(argument.substring(equals + 1)).iterator());
        }
        if (options.serve != null && options.connect != null) {
            throw new InvalidOption("--serve and --connect exclude each other: run two processes");
        }
        if (options.flavor == RuntimeFlavor.CURRENT_THREAD && options.workers > 1) {
            throw new InvalidOption("--workers " + options.workers + ": --flavor current has one thread");
        }
        return options;
    }

    private void set(String name, Iterator<String> value) {
        switch (name) {
            case "--connections" -> connections = integer(name, value, 1, 1_000_000);
            case "--payload" -> payloadBytes = integer(name, value, 1, 1 << 24);
            case "--seconds" -> duration = seconds(name, value, 0.1, 86_400);
            case "--warmup" -> warmup = seconds(name, value, 0, 3_600);
            case "--rate" -> requestsPerSecond = integer(name, value, 0, 100_000_000);
            case "--serve" -> serve = address(name, value, 0);
            case "--connect" -> connect = address(name, value, 1);
            case "--style" -> style = style(name, value);
            case "--flavor" -> flavor = flavor(name, value);
            case "--workers" -> workers = integer(name, value, 1, 32_767);
            case "--json" -> json = file(name, value);
            default -> throw new InvalidOption("unknown option " + name + "; --help lists all");
        }
    }

    private static String text(String name, Iterator<String> value, String what) {
        String text = value.hasNext() ? value.next() : "";
        if (text.isEmpty()) {
            throw new InvalidOption(name + " needs a value: " + what);
        }
        return text;
    }

    private static int integer(String name, Iterator<String> value, int least, int most) {
        String range = String.format(Locale.ROOT, "a whole number, %,d to %,d", least, most);
        String text = text(name, value, range);
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below, like a number out of range
        }
        throw new InvalidOption(name + " " + text + ": use " + range);
    }

    private static Duration seconds(String name, Iterator<String> value, double least, double most) {
        String range = String.format(Locale.ROOT, "seconds, %,.1f to %,.1f", least, most);
        String text = text(name, value, range);
        try {
            double number = Double.parseDouble(text);
            if (number >= least && number <= most) {
                return Duration.ofNanos(Math.round(number * 1e9));
            }
        } catch (NumberFormatException e) {
            // reported below, like a number out of range
        }
        throw new InvalidOption(name + " " + text + ": use " + range);
    }

    private static InetSocketAddress address(String name, Iterator<String> value, int leastPort) {
        String what = "HOST:PORT, port " + leastPort + " to 65535";
        String text = text(name, value, what);
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (colon > 0 && port >= leastPort && port <= 65_535) {
                var address = new InetSocketAddress(text.substring(0, colon), port);
                if (address.isUnresolved()) {
                    throw new InvalidOption(name + " " + text + ": no such host");
                }
                return address;
            }
        } catch (NumberFormatException e) {
            // reported below, like a port out of range
        }
        throw new InvalidOption(name + " " + text + ": use " + what);
    }

    private static RuntimeFlavor flavor(String name, Iterator<String> value) {
        String text = text(name, value, "multi or current");
        return switch (text) {
            case "multi" -> RuntimeFlavor.MULTI_THREAD;
            case "current" -> RuntimeFlavor.CURRENT_THREAD;
            default -> throw new InvalidOption(name + " " + text + ": use multi or current");
        };
    }

    private static Path file(String name, Iterator<String> value) {
        var file = Path.of(text(name, value, "a file"));
        var directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory) || Files.isDirectory(file)) {
            throw new InvalidOption(name + " " + file + ": use a file in a directory that exists");
        }
        return file;
    }

    private static ServerStyle style(String name, Iterator<String> value) {
        String text = text(name, value, "direct or stackless");
        return switch (text) {
            case "direct" -> ServerStyle.DIRECT;
            case "stackless" -> ServerStyle.STACKLESS;
            default -> throw new InvalidOption(name + " " + text + ": use direct or stackless");
        };
    }

    int connections() {
        return connections;
    }

    int payloadBytes() {
        return payloadBytes;
    }

    Duration duration() {
        return duration;
    }

    Duration warmup() {
        return warmup;
    }

    /** {@return the load of an open loop, or 0 for a closed loop} */
    int requestsPerSecond() {
        return requestsPerSecond;
    }

    /** {@return where to serve without a load, or null} */
    @Nullable InetSocketAddress serve() {
        return serve;
    }

    /** {@return the server to load, or null for one of our own} */
    @Nullable InetSocketAddress connect() {
        return connect;
    }

    ServerStyle style() {
        return style;
    }

    RuntimeFlavor flavor() {
        return flavor;
    }

    /** {@return the workers of each runtime; 1 for a current-thread runtime} */
    int workers() {
        if (flavor == RuntimeFlavor.CURRENT_THREAD) {
            return 1;
        }
        if (workers > 0) {
            return workers;
        }
        int processors = Runtime.getRuntime().availableProcessors();
        return serve == null && connect == null ? Math.max(1, processors / 2) : processors;
    }

    /** {@return the file for the report, or null} */
    @Nullable Path json() {
        return json;
    }
}
