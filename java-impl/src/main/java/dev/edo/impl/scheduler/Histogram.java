package dev.edo.impl.scheduler;

import dev.edo.runtime.DurationRange;
import dev.edo.runtime.HistogramConfiguration;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * How many durations were in each bucket. Written by one thread at a time, the one that drives the worker; metrics read
 * it at any time and may see values that are a little old.
 */
public final class Histogram {
    private final HistogramConfiguration buckets;
    private final AtomicLongArray counts;

    public Histogram(HistogramConfiguration buckets) {
        this.buckets = buckets;
        this.counts = new AtomicLongArray(buckets.numBuckets());
    }

    /** One for each worker, or null where there is no configuration. */
    public static Histogram @Nullable [] forWorkers(int workers, @Nullable HistogramConfiguration configuration) {
        if (configuration == null) {
            return null;
        }
        var histograms = new Histogram[workers];
        for (int i = 0; i < workers; i++) {
            histograms[i] = new Histogram(configuration);
        }
        return histograms;
    }

    public void record(long nanos) {
        int bucket = buckets.bucketOf(nanos);
        counts.setOpaque(bucket, counts.getPlain(bucket) + 1);
    }

    public int numBuckets() {
        return buckets.numBuckets();
    }

    public DurationRange range(int bucket) {
        return buckets.bucketRange(bucket);
    }

    public long count(int bucket) {
        return counts.getOpaque(bucket);
    }
}
