package dev.edo.runtime;

import java.time.Duration;

/**
 * Says how fine a {@link LogHistogram} is. A bad value is rejected at once with an {@link IllegalArgumentException} that
 * names the option, the value and the range.
 *
 * <pre>{@code
 * var buckets = LogHistogram.builder().maxValue(Duration.ofMillis(4)).minValue(Duration.ofNanos(20_000))
 *         .precisionExact(0)
 *         .build(); // each bucket twice as wide as the one before
 * }</pre>
 *
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/runtime/struct.LogHistogramBuilder.html">
 *     tokio::runtime::LogHistogramBuilder</a>
 */
public final class LogHistogramBuilder {
    private static final int MIN_ERROR_PRECISION = 2;
    private static final int MAX_PRECISION = 10;
    private static final long DEFAULT_MIN_NANOS = 100;
    private static final long DEFAULT_MAX_NANOS = 60_000_000_000L;

    private int precision = MIN_ERROR_PRECISION;
    private long minNanos = DEFAULT_MIN_NANOS;
    private long maxNanos = DEFAULT_MAX_NANOS;

    LogHistogramBuilder() {}

    /**
     * Sets how wide a bucket may be, in proportion to what it counts; the next power of two below is taken, at most
     * 2<sup>-2</sup> and at least 2<sup>-10</sup>.
     *
     * @param error more than 0 and less than 1; default 0.25
     * @return this
     */
    public LogHistogramBuilder maxError(double error) {
        if (!(error > 0 && error < 1)) {
            throw new IllegalArgumentException("maxError=" + error + "; want more than 0 and less than 1");
        }
        precision = MIN_ERROR_PRECISION;
        while (precision < MAX_PRECISION && Math.scalb(1.0, -precision) > error) {
            precision++;
        }
        return this;
    }

    /**
     * Sets into how many buckets the durations between two powers of two are cut.
     *
     * @param p 0 to 10, for 2<sup>p</sup> buckets; default 2
     * @return this
     */
    public LogHistogramBuilder precisionExact(int p) {
        if (p < 0 || p > MAX_PRECISION) {
            throw new IllegalArgumentException("precisionExact=" + p + "; want 0 to " + MAX_PRECISION);
        }
        precision = p;
        return this;
    }

    /**
     * Sets the shortest duration of interest; the first bucket is no wider than that.
     *
     * @param value longer than zero; default 100 ns
     * @return this
     */
    public LogHistogramBuilder minValue(Duration value) {
        minNanos = nanos("minValue", value);
        return this;
    }

    /**
     * Sets the longest duration of interest; what is longer is in the last bucket.
     *
     * @param value longer than zero; default 60 s
     * @return this
     */
    public LogHistogramBuilder maxValue(Duration value) {
        maxNanos = nanos("maxValue", value);
        return this;
    }

    /**
     * Builds, unless that makes too many buckets.
     *
     * @param count the most
     * @return the histogram's buckets
     * @throws IllegalArgumentException where more are needed, or the shortest duration is beyond the longest one
     */
    public LogHistogram maxBuckets(int count) {
        var histogram = build();
        if (histogram.numBuckets() > count) {
            throw new IllegalArgumentException("maxBuckets=" + count + "; this histogram needs "
                    + histogram.numBuckets() + "; allow a larger maxError, or let minValue and maxValue be closer");
        }
        return histogram;
    }

    /**
     * Builds.
     *
     * @return the histogram's buckets
     * @throws IllegalArgumentException where the shortest duration is beyond the longest one
     */
    public LogHistogram build() {
        if (minNanos > maxNanos) {
            throw new IllegalArgumentException("minValue=" + Duration.ofNanos(minNanos) + "; want at most maxValue="
                    + Duration.ofNanos(maxNanos));
        }
        return new LogHistogram(precision, minNanos, maxNanos);
    }

    /** A duration in nanoseconds, the longest one where they do not suffice. */
    static long nanos(String option, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(option + "=" + value + "; want a duration longer than zero");
        }
        try {
            return value.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }
}
