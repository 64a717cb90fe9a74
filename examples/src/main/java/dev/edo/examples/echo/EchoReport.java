package dev.edo.examples.echo;

import dev.edo.runtime.RuntimeFlavor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a run.
 *
 * @param options what was asked for
 * @param load what the load generator found
 * @param server what the server's runtime counted meanwhile, or null when the server is elsewhere
 */
record EchoReport(EchoOptions options, LoadResult load, @Nullable RuntimeCounters server) {
    /** {@return whether each byte was right and each connection held} */
    boolean isClean() {
        return load.mismatches() == 0 && load.errors() == 0;
    }

    /** {@return the report for people, several lines} */
    String text() {
        var latency = load.latency();
        var text = new StringBuilder();
        int rate = options.requestsPerSecond();
        text.append(format("%,d connections, %,d B, %s, %.1f s", options.connections(),
                options.payloadBytes(), rate == 0 ? "closed loop" : format("open loop at %,d/s", rate),
                measuredSeconds()));
        if (load.measured().isZero()) {
            text.append(": ended before it began to measure");
        }
        if (server != null) {
            text.append(", ").append(lower(options.style())).append(" server");
        }
        text.append(options.flavor() == RuntimeFlavor.CURRENT_THREAD
                ? ", current-thread runtimes"
                : format(", %d worker%s per runtime", options.workers(), options.workers() == 1 ? "" : "s"));
        text.append(format("%n  requests/s   %,.0f  (%,.1f MB/s each way)",
                requestsPerSecond(), requestsPerSecond() * options.payloadBytes() / 1e6));
        text.append(format("%n  latency us   p50 %,.1f   p90 %,.1f   p99 %,.1f   p99.9 %,.1f   max %,.1f",
                micros(latency, 0.5), micros(latency, 0.9), micros(latency, 0.99), micros(latency, 0.999),
                micros(latency, 1)));
        if (rate > 0) {
            var lag = load.lag();
            text.append(format("%n  of that lag  p50 %,.1f   p99 %,.1f   max %,.1f: sent late by a free"
                    + " connection", micros(lag, 0.5), micros(lag, 0.99), micros(lag, 1)));
        }
        text.append(format("%n  checked      %,d mismatches, %,d errors", load.mismatches(), load.errors()));
        if (load.unfinished() > 0) {
            text.append(format(", %,d requests unfinished", load.unfinished()));
        }
        if (load.firstError() != null) {
            text.append(" (first: ").append(load.firstError()).append(')');
        }
        if (server != null) {
            text.append(format("%n  server       ")).append(text(server));
        }
        return text.append(format("%n  load         ")).append(text(load.counters())).toString();
    }

    static String text(RuntimeCounters counters) {
        return format("polls %,d   steals %,d   parks %,d   lifo %,d   slots %,d"
                + "   events %,d, %,d of them without up-call", counters.polls(), counters.steals(),
                counters.parks(), counters.lifo(), counters.slotsInUse(), counters.eventsPublished(),
                counters.eventsWithoutUpcall());
    }

    /**
     * {@return the report as one JSON object; all times in microseconds unless the name says otherwise}
     */
    String json() {
        var latency = load.latency();
        var json = new JsonObject()
                .put("connections", options.connections())
                .put("payload_bytes", options.payloadBytes())
                .put("rate", options.requestsPerSecond())
                .put("seconds", measuredSeconds())
                .put("style", server == null ? null : lower(options.style()))
                .put("flavor", options.flavor() == RuntimeFlavor.CURRENT_THREAD ? "current" : "multi")
                .put("workers", options.workers())
                .put("requests", load.replies())
                .put("requests_per_second", requestsPerSecond())
                .put("p50_us", micros(latency, 0.5))
                .put("p90_us", micros(latency, 0.9))
                .put("p99_us", micros(latency, 0.99))
                .put("p999_us", micros(latency, 0.999))
                .put("max_us", micros(latency, 1));
        if (options.requestsPerSecond() > 0) {
            json.put("lag_p99_us", micros(load.lag(), 0.99)).put("lag_max_us", micros(load.lag(), 1));
        }
        return json.put("mismatches", load.mismatches())
                .put("errors", load.errors())
                .put("unfinished", load.unfinished())
                .put("first_error", load.firstError())
                .put("server", server == null ? null : json(server))
                .put("load", json(load.counters()))
                .toString();
    }

    private static JsonObject json(RuntimeCounters counters) {
        return new JsonObject()
                .put("polls", counters.polls())
                .put("steals", counters.steals())
                .put("parks", counters.parks())
                .put("lifo", counters.lifo())
                .put("slots_in_use", counters.slotsInUse())
                .put("events_published", counters.eventsPublished())
                .put("events_without_upcall", counters.eventsWithoutUpcall());
    }

    private double measuredSeconds() {
        return load.measured().toNanos() / 1e9;
    }

    private double requestsPerSecond() {
        return load.measured().isZero() ? 0 : load.replies() / measuredSeconds();
    }

    private static double micros(LatencyHistogram histogram, double quantile) {
        return histogram.quantileNanos(quantile) / 1e3;
    }

    private static String lower(ServerStyle style) {
        return style.name().toLowerCase(Locale.ROOT);
    }

    private static String format(String format, @Nullable Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
