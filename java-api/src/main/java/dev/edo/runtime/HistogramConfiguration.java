package dev.edo.runtime;

import java.time.Duration;

/**
 * The buckets of a histogram of durations: the first one begins at zero, each begins where the one before ends, and the
 * last one has no end.
 *
 * <pre>{@code
 * var runtime = EdoRuntime.builder()
 *         .enableAll()
 *         .enableMetricsPollTimeHistogram()
 *         .metricsPollTimeHistogramConfiguration(
 *                 HistogramConfiguration.log(LogHistogram.builder().maxValue(Duration.ofSeconds(1)).build()))
 *         .build();
 * }</pre>
 *
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/runtime/struct.HistogramConfiguration.html">
 *     tokio::runtime::HistogramConfiguration</a>
 */
public sealed interface HistogramConfiguration permits LinearHistogram, LogHistogram {
    /**
     * Buckets of the same width.
     *
     * @param bucketWidth longer than zero
     * @param numBuckets 1 to 1,000,000
     * @return the configuration
     */
    static HistogramConfiguration linear(Duration bucketWidth, int numBuckets) {
        return new LinearHistogram(bucketWidth, numBuckets);
    }

    /**
     * Buckets that grow with the durations, so that the error stays in proportion.
     *
     * @param configuration which
     * @return the configuration
     */
    static HistogramConfiguration log(LogHistogram configuration) {
        return configuration;
    }

    /** {@return the number of buckets} */
    int numBuckets();

    /**
     * Finds the bucket of a duration.
     *
     * @param nanos the duration; what is negative counts as zero
     * @return its bucket, from 0
     */
    int bucketOf(long nanos);

    /**
     * Tells what a bucket counts.
     *
     * @param bucket from 0
     * @return the durations
     * @throws IndexOutOfBoundsException where there is no such bucket
     */
    DurationRange bucketRange(int bucket);
}
