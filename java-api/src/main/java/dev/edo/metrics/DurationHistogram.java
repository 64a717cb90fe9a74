package dev.edo.metrics;

import dev.edo.runtime.DurationRange;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * How many durations of an interval were how long, all workers together.
 *
 * <pre>{@code
 * long polls = interval.pollTimeHistogram().totalCount();
 * }</pre>
 *
 * @param buckets from the shortest durations to the longest; none where the runtime does not count
 *     them
 * @see <a href="https://docs.rs/tokio-metrics/latest/tokio_metrics/struct.PollTimeHistogram.html">
 *     tokio_metrics::PollTimeHistogram</a>
 */
public record DurationHistogram(List<HistogramBucket> buckets) {
    /**
     * A histogram of some buckets.
     *
     * @param buckets copied
     */
    public DurationHistogram {
        buckets = List.copyOf(buckets);
    }

    static DurationHistogram of(long[] counts, IntFunction<DurationRange> range) {
        return new DurationHistogram(IntStream.range(0, counts.length)
                .mapToObj(bucket -> new HistogramBucket(range.apply(bucket), counts[bucket]))
                .toList());
    }

    /** {@return the counts alone, bucket by bucket} */
    public long[] asCounts() {
        return buckets.stream().mapToLong(HistogramBucket::count).toArray();
    }

    /** {@return how many durations there were} */
    public long totalCount() {
        return buckets.stream().mapToLong(HistogramBucket::count).sum();
    }
}
