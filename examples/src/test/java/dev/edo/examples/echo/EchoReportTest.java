package dev.edo.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EchoReportTest {
    private static final RuntimeCounters COUNTERS = new RuntimeCounters(1, 2, 3, 4, 5, 6, 7);

    @Test
    void theJsonIsWellFormedAndHasEachFigure() {
        var json = JsonReader.object(report(result(1000, 0, 0, null), COUNTERS).json());
        assertEquals(500.0, json.get("requests_per_second"));
        assertEquals(1000.0, json.get("requests"));
        assertEquals(500.0, number(json, "p50_us"), 5);
        assertEquals(900.0, number(json, "p90_us"), 9);
        assertEquals(990.0, number(json, "p99_us"), 10);
        assertEquals(999.0, number(json, "p999_us"), 10);
        assertEquals(1000.0, json.get("max_us"));
        assertEquals(0.0, json.get("mismatches"));
        assertEquals(0.0, json.get("errors"));
        for (var runtime : List.of("server", "load")) {
            var counters = assertInstanceOf(Map.class, json.get(runtime));
            assertEquals(Map.of("polls", 1.0, "steals", 2.0, "parks", 3.0, "lifo", 4.0, "slots_in_use", 5.0,
                    "events_published", 6.0, "events_without_upcall", 7.0), counters);
        }
    }

    @Test
    void theJsonIsWellFormedWhenNothingWasMeasured() {
        String error = "ConnectException: \"127.0.0.1:7\"\n\tC:\\refused\u0001\ud800 é";
        var nothing = new LoadResult(
                Duration.ZERO, 0, new LatencyHistogram(), new LatencyHistogram(), 0, 1, 0, error, COUNTERS);
        var json = JsonReader.object(report(nothing, null).json());
        assertEquals(0.0, json.get("requests_per_second"));
        assertEquals(0.0, json.get("p999_us"));
        assertEquals(error, json.get("first_error"));
        assertNull(json.get("server"));
    }

    @Test
    void theJsonDoesNotDependOnTheLocale() {
        var before = Locale.getDefault();
        var report = report(result(1000, 0, 0, null), COUNTERS);
        var expected = report.json();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertEquals(expected, report.json());
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void numbersThatJsonDoesNotHaveAreRejected() {
        var json = new JsonObject();
        assertThrows(IllegalArgumentException.class, () -> json.put("x", Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> json.put("x", Double.POSITIVE_INFINITY));
    }

    @Test
    void aMismatchOrAnErrorIsNotClean() {
        assertTrue(report(result(10, 0, 0, null), COUNTERS).isClean());
        assertFalse(report(result(10, 1, 0, null), COUNTERS).isClean());
        assertFalse(report(result(10, 0, 1, "broken"), COUNTERS).isClean());
    }

    @Test
    void theTextNamesTheFirstError() {
        var text = report(result(10, 0, 3, "broken"), COUNTERS).text();
        assertTrue(text.contains("0 mismatches, 3 errors (first: broken)"), text);
    }

    private static double number(Map<String, @Nullable Object> json, String name) {
        return assertInstanceOf(Double.class, json.get(name));
    }

    private static EchoReport report(LoadResult result, @Nullable RuntimeCounters server) {
        return new EchoReport(EchoOptions.parse("--rate", "1000"), result, server);
    }

    /** Latencies of 1, 2, 3... microseconds, measured for two seconds. */
    private static LoadResult result(int replies, long mismatches, long errors, @Nullable String firstError) {
        var latency = new LatencyHistogram();
        for (int micros = 1; micros <= replies; micros++) {
            latency.record(micros * 1000L);
        }
        return new LoadResult(Duration.ofSeconds(2), replies, latency, new LatencyHistogram(), mismatches,
                errors, 0, firstError, COUNTERS);
    }
}
