package dev.edo.examples.tinydb;

import dev.edo.Edo;
import dev.edo.examples.Program;
import dev.edo.examples.Serving;
import dev.edo.io.BufReader;
import dev.edo.net.TcpStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A database in memory, shared by all connections. It speaks lines: {@code SET name value} and
 * {@code GET name}. Try it with {@code nc 127.0.0.1 7002}.
 */
public final class TinyDb {
    private static final String HELP = """
            usage: examples/run tinydb [--serve HOST:PORT]

            Understands lines: SET NAME VALUE, GET NAME.

              --serve HOST:PORT  where to listen  (default 127.0.0.1:7002)
            """;
    private static final int MAX_LINE_BYTES = 64 << 10;

    private final Map<String, String> values = new ConcurrentHashMap<>(Map.of("foo", "bar"));

    /**
     * Runs the program.
     *
     * @param arguments {@code --serve HOST:PORT}
     * @throws Exception when it cannot run
     */
    public static void main(String[] arguments) throws Exception {
        var database = new TinyDb();
        Program.run(HELP, Map.of("--serve", "127.0.0.1:7002"), arguments, given -> Edo.run(() ->
                Serving.serve("tinydb", given.text("--serve"), database::serve)));
    }

    void serve(TcpStream stream) throws IOException {
        var lines = new BufReader<>(stream).lines(MAX_LINE_BYTES);
        for (String line; (line = lines.nextLine().await()) != null; ) {
            stream.writeAll(StandardCharsets.UTF_8.encode(answer(line) + "\n")).await();
        }
    }

    /** What the database says to a line. */
    String answer(String line) {
        var words = line.strip().split("\\s+", 3);
        if (words.length == 2 && words[0].equals("GET")) {
            String value = values.get(words[1]);
            return value == null ? "error: no key " + words[1] : words[1] + " = " + value;
        }
        if (words.length == 3 && words[0].equals("SET")) {
            String previous = values.put(words[1], words[2]);
            return "set " + words[1] + " = " + words[2] + "; previous: "
                    + (previous == null ? "none" : previous);
        }
        return "error: use GET NAME or SET NAME VALUE, not " + line;
    }
}
