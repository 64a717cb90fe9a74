package dev.edo.metrics;

import dev.edo.runtime.DurationRange;

/**
 * One bucket of a {@link DurationHistogram}.
 *
 * <pre>{@code
 * for (var bucket : interval.pollTimeHistogram().buckets()) {
 *     IO.println(bucket.range().start() + " and more: " + bucket.count());
 * }
 * }</pre>
 *
 * @param range which durations it counts
 * @param count how many there were in the interval
 * @see <a href="https://docs.rs/tokio-metrics/latest/tokio_metrics/struct.HistogramBucket.html">
 *     tokio_metrics::HistogramBucket</a>
 */
public record HistogramBucket(DurationRange range, long count) {}
