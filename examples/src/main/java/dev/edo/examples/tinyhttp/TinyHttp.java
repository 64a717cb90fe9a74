package dev.edo.examples.tinyhttp;

import dev.edo.Edo;
import dev.edo.examples.Program;
import dev.edo.examples.Serving;
import dev.edo.time.Interval;
import java.time.Duration;
import java.util.Map;

/**
 * An HTTP/1.1 server with keep-alive and pipelining, which knows {@code /}, {@code /plaintext} and
 * {@code /json}. Try it with {@code curl -i http://127.0.0.1:8080/json} or {@code wrk -c100
 * http://127.0.0.1:8080/}.
 */
public final class TinyHttp {
    private static final String HELP = """
            usage: examples/run tinyhttp [--serve HOST:PORT]

            Answers GET and HEAD of /, /plaintext and /json; everything else with an error that says why.
            A connection ends after 60 s without a request, or where a request that has begun, or the
            client's reading of its answer, takes too long.

              --serve HOST:PORT  where to listen  (default 127.0.0.1:8080)
            """;

    private TinyHttp() {}

    /**
     * Runs the program.
     *
     * @param arguments {@code --serve HOST:PORT}
     * @throws Exception when it cannot run
     */
    public static void main(String[] arguments) throws Exception {
        Program.run(HELP, Map.of("--serve", "127.0.0.1:8080"), arguments, given -> Edo.run(() -> {
            var responses = new Responses();
            var _ = Edo.spawn(() -> keepDate(responses));
            String address = given.text("--serve");
            Serving.serve("tinyhttp", address, stream -> new HttpConnection(stream, responses, Limits.DEFAULT).run());
        }));
    }

    /** The date is part of each answer and changes once per second: one task writes it for all. */
    static void keepDate(Responses responses) throws Exception {
        var second = Interval.of(Duration.ofSeconds(1));
        for (;;) {
            second.tick().await();
            responses.renewDate();
        }
    }
}
