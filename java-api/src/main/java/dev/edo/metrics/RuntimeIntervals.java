package dev.edo.metrics;

import dev.edo.runtime.RuntimeMetrics;
import java.util.Iterator;
import java.util.function.LongSupplier;

/**
 * What a runtime did, interval by interval, without an end: each {@link #next()} ends an interval and
 * begins the next one. The first one began with {@link RuntimeMonitor#intervals()}.
 *
 * <pre>{@code
 * var intervals = new RuntimeMonitor(runtime.handle()).intervals();
 * runtime.blockOn(() -> serve());
 * IO.println(intervals.next());
 * }</pre>
 *
 * <p>The intervals of one monitor do not disturb each other. One object is for one thread at a time.
 *
 * @see <a href="https://docs.rs/tokio-metrics/latest/tokio_metrics/struct.RuntimeIntervals.html">
 *     tokio_metrics::RuntimeIntervals</a>
 */
public final class RuntimeIntervals implements Iterator<RuntimeInterval> {
    private final RuntimeMetrics metrics;
    private final LongSupplier clock;
    private RuntimeCounts previous;

    RuntimeIntervals(RuntimeMetrics metrics, LongSupplier clock) {
        this.metrics = metrics;
        this.clock = clock;
        previous = RuntimeCounts.read(metrics, clock.getAsLong());
    }

    /** {@return true} */
    @Override
    public boolean hasNext() {
        return true;
    }

    /** {@return what happened since the last call, or since the first interval began} */
    @Override
    public RuntimeInterval next() {
        var now = RuntimeCounts.read(metrics, clock.getAsLong());
        var grown = now.since(previous);
        previous = now;
        return new RuntimeInterval(metrics, grown);
    }
}
