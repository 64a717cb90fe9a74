package dev.edo.stream;

import dev.edo.future.Context;
import dev.edo.time.Elapsed;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Stream#timeout} returns.
 *
 * <p>Algorithm: the source is polled first, so what is ready wins. The deadline starts anew with every
 * element and every failure of the source, and does not run between its end and the next of those: one
 * silence is one {@link Elapsed}.
 *
 * <p>Origin: tokio-stream's {@code Timeout}.
 */
final class TimeoutStream<T> implements Stream<T> {
    private final Stream<T> source;
    private final Deadline deadline;

    TimeoutStream(Stream<T> source, Duration limit) {
        this.source = source.fuse();
        this.deadline = new Deadline(limit);
        deadline.start();
    }

    @Override
    public @Nullable T pollNext(Context cx) throws Exception {
        boolean hadBudget = cx.hasBudgetRemaining();
        T element;
        try {
            element = source.pollNext(cx);
        } catch (Throwable t) {
            deadline.start();
            throw t;
        }
        if (element != null) {
            deadline.start();
        } else if (source.isTerminated()) {
            deadline.stop();
        } else if (deadline.isRunning() && deadline.hasEnded(cx, hadBudget)) {
            throw new Elapsed(deadline.duration());
        }
        return element;
    }

    @Override
    public boolean isTerminated() {
        return source.isTerminated();
    }

    @Override
    public void cancel() {
        deadline.stop();
        source.cancel();
    }

    @Override
    public SizeHint sizeHint() {
        return source.sizeHint();
    }
}
