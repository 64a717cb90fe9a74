package dev.edo.metrics;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The body of a task in direct style, whose begin and end are counted.
 *
 * @param <T> the type of the result
 */
final class InstrumentedBody<T extends @Nullable Object> implements Callable<T> {
    private final TaskMonitor monitor;
    private final Callable<T> body;
    private final LongSupplier clock;
    private final long instrumentedAtNanos;
    private final AtomicBoolean begun = new AtomicBoolean();

    InstrumentedBody(TaskMonitor monitor, Callable<T> body) {
        this.monitor = monitor;
        this.body = body;
        clock = monitor.clock();
        instrumentedAtNanos = clock.getAsLong();
        monitor.counts.count(TaskFigure.INSTRUMENTED);
    }

    @Override
    public T call() throws Exception {
        if (begun.getAndSet(true)) {
            throw new IllegalStateException("an instrumented body was run a second time, but counts as"
                    + " one task; instrument it anew for each task");
        }
        long delayNanos = clock.getAsLong() - instrumentedAtNanos;
        monitor.counts.count(TaskFigure.FIRST_POLLS, TaskFigure.FIRST_POLL_DELAY_NANOS, delayNanos);
        try {
            return body.call();
        } finally {
            monitor.counts.count(TaskFigure.DROPPED);
        }
    }
}
