package dev.edo.metrics;

import dev.edo.runtime.Handle;
import dev.edo.runtime.RuntimeMetrics;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Tells what a runtime did, interval by interval: its {@link RuntimeMetrics}, which are totals since
 * the start, by worker, made into differences over all workers.
 *
 * <pre>{@code
 * var monitor = new RuntimeMonitor(Handle.current());
 * Edo.spawn(() -> {
 *     for (var intervals = monitor.intervals();;) {
 *         Edo.sleep(Duration.ofSeconds(10)).await();
 *         var interval = intervals.next();
 *         IO.println(interval.totalPollsCount() + " polls, busy " + interval.busyRatio() + " of "
 *                 + interval.workersCount() + ", least and most by worker "
 *                 + interval.minBusyDuration() + " " + interval.maxBusyDuration());
 *     }
 * });
 * }</pre>
 *
 * <p>It costs nothing but the reading. A monitor may be used from any thread, and after the runtime
 * has been shut down.
 *
 * @see <a href="https://docs.rs/tokio-metrics/latest/tokio_metrics/struct.RuntimeMonitor.html">
 *     tokio_metrics::RuntimeMonitor</a>
 */
public final class RuntimeMonitor {
    private final RuntimeMetrics metrics;
    private final LongSupplier clock;

    /**
     * A monitor of a runtime.
     *
     * @param runtime what to watch
     */
    public RuntimeMonitor(Handle runtime) {
        this(runtime.metrics());
    }

    /**
     * A monitor of the runtime that has these figures.
     *
     * @param metrics the figures
     */
    public RuntimeMonitor(RuntimeMetrics metrics) {
        this(metrics, System::nanoTime);
    }

    RuntimeMonitor(RuntimeMetrics metrics, LongSupplier clock) {
        this.metrics = Objects.requireNonNull(metrics, "metrics");
        this.clock = clock;
    }

    /**
     * Begins the first interval.
     *
     * @return what happened from now to the first {@code next()}, and then from one to the other,
     *     without an end
     */
    public RuntimeIntervals intervals() {
        return new RuntimeIntervals(metrics, clock);
    }
}
