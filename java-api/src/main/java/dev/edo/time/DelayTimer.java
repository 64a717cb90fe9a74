package dev.edo.time;

import dev.edo.future.Context;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The timer of whoever waits for a {@link DelayQueue}: one {@link Sleep} for all of its deadlines, set anew only where
 * the deadline is another one.
 *
 * <p>Invariants: {@code deadlineNanos} is the deadline that the timer is set for, {@code NONE} where it is not set:
 * it has fired, was stopped, or there is none yet.
 */
final class DelayTimer {
    private static final long NONE = Long.MIN_VALUE;

    private final Function<Instant, Sleep> timers;
    private @Nullable Sleep sleep;
    private long deadlineNanos = NONE;

    /**
     * A timer that is not set.
     *
     * @param timers makes it when it is first set
     */
    DelayTimer(Function<Instant, Sleep> timers) {
        this.timers = timers;
    }

    /** {@return whether the deadline has passed; else the context's waker is woken when it does} */
    boolean poll(Context cx, long newDeadlineNanos) {
        var timer = sleep;
        if (timer == null) {
            timer = timers.apply(new Instant(newDeadlineNanos));
            sleep = timer;
        } else if (deadlineNanos != newDeadlineNanos) {
            timer.reset(new Instant(newDeadlineNanos));
        }
        deadlineNanos = newDeadlineNanos;
        boolean fired = timer.poll(cx).isReady();
        if (fired) {
            deadlineNanos = NONE;
        }
        return fired;
    }

    void stop() {
        var timer = sleep;
        if (timer != null && deadlineNanos != NONE) {
            deadlineNanos = NONE;
            timer.cancel();
        }
    }
}
