package dev.edo.examples.echo;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the load generator found.
 *
 * @param measured how long it measured: less than asked for when it was stopped
 * @param replies complete replies in that time
 * @param latency of those replies; in an open loop, of the requests that were due in that time
 * @param lag how late free connections sent their requests; empty in a closed loop
 * @param mismatches replies with a wrong byte
 * @param errors connections that failed or did not answer
 * @param unfinished requests of an open loop that were due but not answered in the end
 * @param firstError what the first of the errors was, or null
 * @param counters of the generator's runtime, while it measured
 */
record LoadResult(
        Duration measured,
        long replies,
        LatencyHistogram latency,
        LatencyHistogram lag,
        long mismatches,
        long errors,
        long unfinished,
        @Nullable String firstError,
        RuntimeCounters counters) {}
