package dev.edo.runtime;

import java.time.Duration;
import java.util.Objects;

/** Buckets of the same width. */
final class LinearHistogram implements HistogramConfiguration {
    private static final int MAX_BUCKETS = 1_000_000;

    private final long widthNanos;
    private final int numBuckets;

    LinearHistogram(Duration bucketWidth, int numBuckets) {
        this.widthNanos = LogHistogramBuilder.nanos("bucketWidth", bucketWidth);
        if (numBuckets < 1 || numBuckets > MAX_BUCKETS) {
            throw new IllegalArgumentException("numBuckets=" + numBuckets + "; want 1 to " + MAX_BUCKETS);
        }
        this.numBuckets = numBuckets;
    }

    @Override
    public int numBuckets() {
        return numBuckets;
    }

    @Override
    public int bucketOf(long nanos) {
        return (int) Math.clamp(nanos / widthNanos, 0, numBuckets - 1L);
    }

    @Override
    public DurationRange bucketRange(int bucket) {
        Objects.checkIndex(bucket, numBuckets);
        return DurationRange.ofNanos(
                boundary(bucket), bucket == numBuckets - 1 ? Long.MAX_VALUE : boundary(bucket + 1));
    }

    private long boundary(int bucket) {
        return Math.multiplyHigh(bucket, widthNanos) == 0 && bucket * widthNanos >= 0
                ? bucket * widthNanos
                : Long.MAX_VALUE;
    }

    @Override
    public String toString() {
        return "linear(" + Duration.ofNanos(widthNanos) + ", " + numBuckets + ")";
    }
}
