package dev.edo.runtime;

import java.time.Duration;
import java.util.Objects;

/**
 * Buckets that grow with the durations: their width is at most a given part of what they count.
 *
 * <p>An H2 histogram: the durations between two powers of two are cut into 2<sup>p</sup> buckets of the same width. The
 * first bucket takes in all those below the shortest duration of interest, the last one everything beyond the longest.
 *
 * <pre>{@code
 * var buckets = LogHistogram.builder()
 *         .minValue(Duration.ofNanos(200))
 *         .maxValue(Duration.ofSeconds(10))
 *         .maxError(0.1)
 *         .build();
 * }</pre>
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/runtime/struct.LogHistogram.html">tokio::runtime::LogHistogram</a>
 */
public final class LogHistogram implements HistogramConfiguration {
    /** The p of the comment above. */
    private final int precision;

    /** How many buckets of the whole scale, which begins at zero, the first one here stands for, less one. */
    private final int offset;

    private final int numBuckets;

    LogHistogram(int precision, long minNanos, long maxNanos) {
        this.precision = precision;
        this.offset = Math.max(scaleBucketOf(minNanos) - 1, 0);
        this.numBuckets = Math.max(scaleBucketOf(maxNanos - 1) - offset, 0) + 2; // the one with max in it, and the rest
    }

    /** {@return a builder with the defaults: 100 ns to 60 s with an error of at most 25 %} */
    public static LogHistogramBuilder builder() {
        return new LogHistogramBuilder();
    }

    @Override
    public int numBuckets() {
        return numBuckets;
    }

    /** {@return where the last bucket begins: what is longer is not told apart} */
    public Duration maxValue() {
        return bucketRange(numBuckets - 1).start();
    }

    @Override
    public int bucketOf(long nanos) {
        return Math.clamp(scaleBucketOf(nanos) - (long) offset, 0, numBuckets - 1);
    }

    @Override
    public DurationRange bucketRange(int bucket) {
        Objects.checkIndex(bucket, numBuckets);
        return DurationRange.ofNanos(
                bucket == 0 ? 0 : scaleStart(bucket + offset),
                bucket == numBuckets - 1 ? Long.MAX_VALUE : scaleStart(bucket + offset + 1));
    }

    /** The bucket of the whole scale. Where widths are 1, up to twice 2^p, it is the duration itself. */
    private int scaleBucketOf(long nanos) {
        if (nanos <= 0) {
            return 0;
        }
        int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
        if (exponent <= precision) {
            return (int) nanos;
        }
        int widthBits = exponent - precision;
        return (widthBits << precision) + (int) (nanos >>> widthBits);
    }

    /** The shortest duration of a bucket of the whole scale. */
    private long scaleStart(int bucket) {
        int group = bucket >>> precision; // the buckets between two powers of two
        if (group == 0) {
            return bucket;
        }
        int widthBits = group - 1;
        long steps = bucket - ((long) widthBits << precision);
        return Long.numberOfLeadingZeros(steps) > widthBits ? steps << widthBits : Long.MAX_VALUE;
    }

    @Override
    public String toString() {
        return "log(precision=" + precision + ", " + numBuckets + " buckets up to " + maxValue() + ")";
    }
}
