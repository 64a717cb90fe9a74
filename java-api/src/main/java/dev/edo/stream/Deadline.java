package dev.edo.stream;

import dev.edo.future.Context;
import dev.edo.time.Instant;
import dev.edo.time.Sleep;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one timer of a stream: started anew again and again, each time for the same while.
 *
 * <p>Invariants: {@code sleep} is on the wheel only between a poll that found it pending and the next
 * {@link #start}, {@link #rest}, {@link #stop} or its end; {@code running} says that it may be polled.
 */
final class Deadline {
    private final Duration duration;
    private @Nullable Sleep sleep;
    private boolean running;

    Deadline(Duration duration) {
        this.duration = Objects.requireNonNull(duration, "duration");
    }

    Duration duration() {
        return duration;
    }

    /** {@return whether it was started, and has neither ended nor been stopped} */
    boolean isRunning() {
        return running;
    }

    /** Takes a timer of the current runtime, if that was not done; fails where there is none. */
    void prepare() {
        if (sleep == null) {
            sleep = Sleep.of(duration);
        }
    }

    /** Ends one duration from now. */
    void start() {
        if (sleep == null) {
            sleep = Sleep.of(duration);
        } else {
            sleep.reset(Instant.now().plus(duration));
        }
        running = true;
    }

    /**
     * Asks whether it has ended; only while it runs. A source that uses up the budget time and again must
     * not keep that from being noticed: so where the source did so in this very poll, the timer is polled
     * without a budget.
     */
    boolean hasEnded(Context cx, boolean hadBudgetBefore) {
        boolean spentBySource = hadBudgetBefore && !cx.hasBudgetRemaining();
        var polled = Objects.requireNonNull(sleep);
        if (!polled.poll(spentBySource ? Context.of(cx.waker()) : cx).isReady()) {
            return false;
        }
        running = false;
        return true;
    }

    /** Takes it off the wheel until somebody asks again; it ends when it would have. */
    void rest() {
        var resting = sleep;
        if (running && resting != null) {
            var end = resting.deadline();
            resting.cancel();
            resting.reset(end);
        }
    }

    /** Takes it off the wheel. */
    void stop() {
        if (running && sleep != null) {
            sleep.cancel();
        }
        running = false;
    }
}
