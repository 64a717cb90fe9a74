package dev.edo.stream;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.time.Elapsed;
import dev.edo.time.Instant;
import dev.edo.time.Interval;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Stream#timeoutRepeating} returns.
 *
 * <p>Algorithm: as {@link TimeoutStream}, with an interval in place of the deadline, which goes on after
 * each tick.
 *
 * <p>Origin: tokio-stream's {@code TimeoutRepeating}.
 */
final class TimeoutRepeatingStream<T> implements Stream<T> {
    private final Stream<T> source;
    private final Interval interval;

    /** The tick that was last found pending. */
    private @Nullable Future<Instant> tick;

    TimeoutRepeatingStream(Stream<T> source, Interval interval) {
        this.source = source.fuse();
        this.interval = Objects.requireNonNull(interval, "interval");
    }

    @Override
    public @Nullable T pollNext(Context cx) throws Exception {
        boolean hadBudget = cx.hasBudgetRemaining();
        T element;
        try {
            element = source.pollNext(cx);
        } catch (Throwable t) {
            interval.reset();
            throw t;
        }
        if (element != null) {
            interval.reset();
        } else if (source.isTerminated()) {
            stopTicking();
        } else if (hasTicked(hadBudget && !cx.hasBudgetRemaining() ? Context.of(cx.waker()) : cx)) {
            throw new Elapsed(interval.period());
        }
        return element;
    }

    private boolean hasTicked(Context cx) throws Exception {
        var polled = tick;
        if (polled == null) {
            polled = interval.tick();
            tick = polled;
        }
        if (!polled.poll(cx).isReady()) {
            return false;
        }
        tick = null;
        return true;
    }

    private void stopTicking() {
        var waiting = tick;
        if (waiting != null) {
            tick = null;
            waiting.cancel();
        }
    }

    @Override
    public boolean isTerminated() {
        return source.isTerminated();
    }

    @Override
    public void cancel() {
        stopTicking();
        source.cancel();
    }

    @Override
    public SizeHint sizeHint() {
        return source.sizeHint();
    }
}
