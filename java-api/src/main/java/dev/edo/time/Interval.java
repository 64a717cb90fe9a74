package dev.edo.time;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ticks at a fixed period, counted from one tick to the next: time spent between two ticks does not
 * shift the schedule, unlike a {@link Sleep} in a loop.
 *
 * <pre>{@code
 * var interval = Interval.of(Duration.ofSeconds(1));
 * for (;;) {
 *     interval.tick().await(); // the first one is ready at once
 *     report();
 * }
 * }</pre>
 *
 * <p>An interval belongs to one task at a time and has at most one pending tick.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/time/struct.Interval.html">tokio::time::Interval</a>
 */
public final class Interval {
    private final Sleep sleep;
    private final Duration period;
    private final long periodNanos;
    private final Supplier<Instant> clock;
    private MissedTickBehavior missedTickBehavior = MissedTickBehavior.BURST;

    /** The tick that was polled last, whose waker the sleep has if there is one; null where it was none of these. */
    private volatile @Nullable IntervalTick lastTick;

    /** Whether somebody uses the sleep: who polls meanwhile tries again, and a reset is left to who has the turn. */
    private final AtomicBoolean turn = new AtomicBoolean();

    /** Where a reset goes to that has yet to reach the sleep; set before the turn is tried, and looked at after it. */
    private final AtomicReference<@Nullable Instant> resetTo = new AtomicReference<>();

    Interval(Sleep sleep, Duration period, Supplier<Instant> clock) {
        this.sleep = sleep;
        this.period = period;
        this.periodNanos = new Instant(0).plus(period).nanos();
        this.clock = clock;
    }

    /**
     * An interval whose first tick is ready at once.
     *
     * @param period from one tick to the next; longer than zero
     * @return the interval
     * @throws IllegalArgumentException when the period is zero or negative
     * @throws IllegalStateException outside a runtime, or when its time is not enabled
     */
    public static Interval of(Duration period) {
        requirePositive(period);
        return new Interval(Sleep.until(Instant.now()), period, Instant::now);
    }

    /**
     * An interval whose first tick comes at a given moment.
     *
     * @param start when the first tick is ready; may have passed
     * @param period from one tick to the next; longer than zero
     * @return the interval
     * @throws IllegalArgumentException when the period is zero or negative
     * @throws IllegalStateException outside a runtime, or when its time is not enabled
     */
    public static Interval startingAt(Instant start, Duration period) {
        requirePositive(period);
        return new Interval(Sleep.until(start), period, Instant::now);
    }

    /**
     * Waits for the next tick.
     *
     * <p><em>Cancel safety:</em> no tick is lost; the next call gets it.
     *
     * @return the moment for which the tick was scheduled; fails with {@link IllegalStateException} when the
     *     runtime has been shut down
     */
    @CheckReturnValue
    public Future<Instant> tick() {
        return new IntervalTick(this);
    }

    /**
     * Asks for the next tick. When it is ready, nothing is registered for the one after it: poll
     * again to be woken for that.
     *
     * @param cx whom to wake, and the budget
     * @return the moment for which the tick was scheduled, or pending
     * @throws IllegalStateException when the runtime has been shut down
     */
    public Poll<Instant> pollTick(Context cx) {
        return poll(cx, null);
    }

    Poll<Instant> poll(Context cx, @Nullable IntervalTick tick) {
        if (!turn.compareAndSet(false, true)) { // somebody gives a tick up, which takes a moment
            cx.waker().wake();
            return Poll.pending();
        }
        try {
            takeReset();
            lastTick = tick;
            if (!sleep.poll(cx).isReady()) {
                return Poll.pending();
            }
            var due = sleep.deadline();
            var now = clock.get();
            long next = missedTickBehavior.nextNanos(due.nanos(), now.nanos(), periodNanos);
            sleep.reset(next == Long.MAX_VALUE ? now.deadlineAfter(period) : new Instant(next));
            return Poll.ready(due);
        } finally {
            endTurn();
        }
    }

    /**
     * Takes back the waker of a tick that was given up, unless another one was polled since; the schedule stays. Where
     * somebody else uses the sleep right now, it may stay: at worst that is a wake-up for nothing.
     */
    void abandonTick(IntervalTick tick) {
        if (lastTick != tick || !turn.compareAndSet(false, true)) {
            return;
        }
        try {
            if (lastTick == tick) {
                var due = sleep.deadline();
                sleep.cancel();
                sleep.reset(due);
            }
        } finally {
            endTurn();
        }
    }

    private void endTurn() {
        turn.set(false);
        resetIfFree();
    }

    private void startAnew(Instant deadline) {
        resetTo.set(deadline);
        resetIfFree();
    }

    private void resetIfFree() {
        while (resetTo.get() != null && turn.compareAndSet(false, true)) {
            try {
                takeReset();
            } finally {
                turn.set(false);
            }
        }
    }

    /** With the turn. */
    private void takeReset() {
        if (resetTo.get() != null) {
            var deadline = resetTo.getAndSet(null);
            if (deadline != null) {
                sleep.reset(deadline);
            }
        }
    }

    /** Starts the schedule anew: the next tick comes one period from now. */
    public void reset() {
        startAnew(clock.get().deadlineAfter(period));
    }

    /** Starts the schedule anew: the next tick is ready at once. */
    public void resetImmediately() {
        startAnew(clock.get());
    }

    /**
     * Starts the schedule anew: the next tick comes after a while, and then one each period.
     *
     * @param after from now; none or less is at once, an absurd one lasts about 30 years
     */
    public void resetAfter(Duration after) {
        startAnew(clock.get().deadlineAfter(after));
    }

    /**
     * Starts the schedule anew: the next tick comes at a given moment, and then one each period.
     *
     * @param deadline when; may have passed
     */
    public void resetAt(Instant deadline) {
        startAnew(Objects.requireNonNull(deadline, "deadline"));
    }

    /** {@return the time from one tick to the next} */
    public Duration period() {
        return period;
    }

    /** {@return what happens to ticks that nobody took in time} */
    public MissedTickBehavior missedTickBehavior() {
        return missedTickBehavior;
    }

    /**
     * Sets what happens to ticks that nobody took in time.
     *
     * @param behavior default {@link MissedTickBehavior#BURST}
     * @return this
     */
    public Interval missedTickBehavior(MissedTickBehavior behavior) {
        missedTickBehavior = Objects.requireNonNull(behavior, "behavior");
        return this;
    }

    private static void requirePositive(Duration period) {
        if (!period.isPositive()) {
            throw new IllegalArgumentException("period=" + period + " must be longer than zero;"
                    + " an interval without a period would never let other tasks run");
        }
    }
}
