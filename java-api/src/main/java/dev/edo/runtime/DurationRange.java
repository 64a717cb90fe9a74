package dev.edo.runtime;

import java.time.Duration;

/**
 * The durations from one up to another.
 *
 * <pre>{@code
 * DurationRange bucket = runtime.metrics().pollTimeHistogramBucketRange(0);
 * IO.println("less than " + bucket.end());
 * }</pre>
 *
 * @param start the shortest one
 * @param end the shortest one that is too long; {@code Long.MAX_VALUE} nanoseconds where there is none
 */
public record DurationRange(Duration start, Duration end) {
    static DurationRange ofNanos(long start, long end) {
        return new DurationRange(Duration.ofNanos(start), Duration.ofNanos(end));
    }
}
