package dev.edo.metrics;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * What the futures of a {@link TaskMonitor} did, interval by interval, without an end: each
 * {@link #next()} tells what happened since the one before. The first one tells all since the monitor
 * was made.
 *
 * <pre>{@code
 * var intervals = monitor.intervals();
 * for (;;) {
 *     Edo.sleep(Duration.ofSeconds(10)).await();
 *     publish(intervals.next());
 * }
 * }</pre>
 *
 * <p>The intervals of one monitor do not disturb each other. One object is for one thread at a time.
 *
 * @see <a href="https://docs.rs/tokio-metrics/latest/tokio_metrics/struct.TaskIntervals.html">
 *     tokio_metrics::TaskIntervals</a>
 */
public final class TaskIntervals implements Iterator<TaskMetrics> {
    private final TaskMonitor monitor;
    private @Nullable TaskMetrics previous;
    private @Nullable Longest longestIdle;

    TaskIntervals(TaskMonitor monitor) {
        this.monitor = monitor;
    }

    /** {@return true} */
    @Override
    public boolean hasNext() {
        return true;
    }

    /** {@return what happened since the last call} */
    @Override
    public TaskMetrics next() {
        var before = previous;
        if (longestIdle == null) {
            longestIdle = monitor.longestIdle.newCell(); // first, so that no idle is in neither interval
        }
        long maxIdleNanos = longestIdle.takeNanos();
        var now = monitor.cumulative();
        previous = now;
        return before == null ? now : now.since(before, maxIdleNanos);
    }
}
