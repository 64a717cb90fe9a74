package dev.edo.examples.echo;

/**
 * Counts latencies in buckets that are never wider than 1/128 of the values in them, so that each
 * quantile is at most 0.8 % too high and never too low. Recording allocates nothing.
 *
 * <p>Not thread-safe: one per thread, added up when the threads are done.
 *
 * <p><em>Algorithm:</em> values below 256 have a bucket each. Each further power of two is cut into
 * 128 buckets of equal width, so a value's bucket follows from its highest bit and the seven bits
 * below it.
 */
final class LatencyHistogram {
    private static final int SUB_BITS = 7;
    /** 2^40 ns are 18 minutes; what took longer shares the last bucket. */
    private static final int MAX_BITS = 40;
    private static final long LAST_VALUE = (1L << MAX_BITS) - 1;

    private final long[] counts = new long[bucketOf(LAST_VALUE) + 1];
    private long count;
    private long maxNanos;

    /** Counts one latency; a negative one counts as zero. */
    void record(long nanos) {
        long value = Math.max(nanos, 0);
        counts[bucketOf(Math.min(value, LAST_VALUE))]++;
        count++;
        maxNanos = Math.max(maxNanos, value);
    }

    void add(LatencyHistogram other) {
        for (int bucket = 0; bucket < counts.length; bucket++) {
            counts[bucket] += other.counts[bucket];
        }
        count += other.count;
        maxNanos = Math.max(maxNanos, other.maxNanos);
    }

    long count() {
        return count;
    }

    /** {@return the largest latency, exactly} */
    long maxNanos() {
        return maxNanos;
    }

    /**
     * The latency that the given share of all requests did not exceed.
     *
     * @param quantile 0 to 1; 0.99 for p99
     * @return the upper end of the bucket it lies in; 0 when nothing was recorded
     */
    long quantileNanos(double quantile) {
        if (!(quantile >= 0 && quantile <= 1)) {
            throw new IllegalArgumentException("quantile " + quantile + ": use 0 to 1");
        }
        long rank = Math.max(1, (long) Math.ceil(quantile * count));
        long seen = 0;
        for (int bucket = 0; bucket < counts.length - 1; bucket++) {
            seen += counts[bucket];
            if (seen >= rank) {
                return Math.min(highestOf(bucket), maxNanos);
            }
        }
        return maxNanos;
    }

    private static int bucketOf(long value) {
        int shift = Math.max(0, Long.SIZE - 1 - Long.numberOfLeadingZeros(value | 1) - SUB_BITS);
        return (shift << SUB_BITS) + (int) (value >>> shift);
    }

    private static long highestOf(int bucket) {
        int shift = Math.max(0, (bucket >> SUB_BITS) - 1);
        long sub = bucket - ((long) shift << SUB_BITS);
        return ((sub + 1) << shift) - 1;
    }
}
