package dev.edo.metrics;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is polled under the eyes of a {@link TaskMonitor}; it is the context of those polls itself.
 *
 * <p>Algorithm: three looks at the clock per poll and one per wake-up, a few atomic adds, no lock,
 * and no allocation as long as one and the same waker polls.
 *
 * <pre>
 *   instrumented      begin                    end         wake              begin
 *        |  first delay | count | poll = fast/slow |  idle   | short/long delay |
 * </pre>
 *
 * <p>A wake-up during a poll begins to wait for its turn when that poll ends. Each span is measured
 * by one clock: that of the thread which instrumented, up to the first poll, and after it that of the
 * poller. A poll that only traces where the future waits is none.
 *
 * <p>Invariants: all fields are the poller's. When a poll has returned, it is in the sums: who
 * joins a task sees all of its polls, and its end.
 *
 * <p>Origin: {@code Instrumented} and {@code State} of tokio-metrics, where a task that is woken
 * during its own poll is said to wait for the rest of that poll, too, a wake-up at the moment of the
 * instrumentation is none, and time is read on whatever clock the waking thread has.
 */
abstract class Instrumented implements Context {
    private final TaskMonitor monitor;
    private final LongSupplier firstClock;
    private final long instrumentedAtNanos;

    private @Nullable TimedWaker waker;
    private @Nullable Context outer;
    private LongSupplier pollClock;
    private long pollBeganNanos;
    private long pollEndedNanos;
    private boolean polled;
    private boolean dropped;

    Instrumented(TaskMonitor monitor) {
        this.monitor = monitor;
        firstClock = monitor.clock();
        pollClock = firstClock;
        instrumentedAtNanos = firstClock.getAsLong();
        monitor.counts.count(TaskFigure.INSTRUMENTED);
    }

    /** Whether it has ended. */
    final boolean isDropped() {
        return dropped;
    }

    /** Counts its end, once. */
    final void drop() {
        if (!dropped) {
            dropped = true;
            monitor.counts.count(TaskFigure.DROPPED);
        }
    }

    final void beginPoll(Context cx) {
        outer = cx;
        var last = waker;
        if (!polled) {
            polled = true;
            long delayNanos = firstClock.getAsLong() - instrumentedAtNanos;
            monitor.counts.count(
                    TaskFigure.FIRST_POLLS, TaskFigure.FIRST_POLL_DELAY_NANOS, delayNanos);
        } else if (last != null) {
            long wokeAtNanos = last.takeWokeAtNanos();
            if (wokeAtNanos != TimedWaker.NOT_WOKEN) {
                countWait(wokeAtNanos, last.clock.getAsLong());
            }
        }
        if (!cx.isTracing()) { // a trace takes the question for the waker for a place where it waits
            var poller = cx.waker();
            if (last == null || last.poller != poller) {
                last = new TimedWaker(poller, monitor.clock());
                waker = last;
            }
        }
        pollClock = last == null ? firstClock : last.clock;
        pollBeganNanos = pollClock.getAsLong();
    }

    private void countWait(long wokeAtNanos, long nowNanos) {
        var counts = monitor.counts;
        long idleNanos = wokeAtNanos - pollEndedNanos;
        long runnableSinceNanos = wokeAtNanos;
        if (idleNanos > 0) {
            counts.count(TaskFigure.IDLES, TaskFigure.IDLE_NANOS, idleNanos);
            monitor.longestIdle.include(idleNanos);
        } else {
            runnableSinceNanos = pollEndedNanos;
        }
        long delayNanos = nowNanos - runnableSinceNanos;
        if (delayNanos >= monitor.longDelayNanos) {
            counts.count(TaskFigure.LONG_DELAYS, TaskFigure.LONG_DELAY_NANOS, delayNanos);
        } else {
            counts.count(TaskFigure.SHORT_DELAYS, TaskFigure.SHORT_DELAY_NANOS, delayNanos);
        }
    }

    /** Ends a poll; a trace that has found out where it waits was none. */
    final void endPoll(boolean pending) {
        boolean counts = !(pending && isTracing());
        outer = null;
        if (!counts) {
            return;
        }
        pollEndedNanos = pollClock.getAsLong();
        long pollNanos = pollEndedNanos - pollBeganNanos;
        if (pollNanos >= monitor.slowPollNanos) {
            monitor.counts.count(TaskFigure.SLOW_POLLS, TaskFigure.SLOW_POLL_NANOS, pollNanos);
        } else {
            monitor.counts.count(TaskFigure.FAST_POLLS, TaskFigure.FAST_POLL_NANOS, pollNanos);
        }
    }

    // --- the context

    private Context during() {
        var polling = outer;
        if (polling == null) {
            throw new IllegalStateException(
                    "a context was used after the poll that it was passed to");
        }
        return polling;
    }

    @Override
    public final Waker waker() {
        var polling = during();
        var timed = waker;
        if (timed != null && !polling.isTracing()) {
            return timed;
        }
        var poller = polling.waker(); // which the trace notes
        return timed != null && timed.poller == poller
                ? timed
                : new TimedWaker(poller, pollClock); // for nothing but the trace: another poll follows
    }

    @Override
    public final boolean pollProceed() {
        var polling = during();
        boolean proceed = polling.pollProceed();
        var timed = waker;
        if (!proceed && timed != null && !polling.isTracing()) {
            timed.note(); // the wake-up is arranged already, and will not pass by here
        }
        return proceed;
    }

    @Override
    public final boolean hasBudgetRemaining() {
        return during().hasBudgetRemaining();
    }

    @Override
    public final boolean isTracing() {
        return during().isTracing();
    }

    @Override
    public final void madeProgress() {
        during().madeProgress();
    }

    @Override
    public final int random() {
        return during().random();
    }
}
