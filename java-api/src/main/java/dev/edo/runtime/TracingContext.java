package dev.edo.runtime;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import java.util.Objects;

/**
 * The context of a poll that is traced: like the one around it, but for what it notes, and that it lets no leaf go on.
 * The budget is left as it is.
 */
final class TracingContext implements Context {
    private final Context traced;
    private final Places places;

    /** Who is told of each place. */
    @FunctionalInterface
    interface Places {
        /**
         * A future waits here, below the caller.
         *
         * @param refused whether it is told not to go on; otherwise it has asked for the waker only
         */
        void note(boolean refused);
    }

    TracingContext(Context traced, Places places) {
        this.traced = Objects.requireNonNull(traced, "context");
        this.places = places;
    }

    @Override
    public Waker waker() {
        places.note(false);
        return traced.waker();
    }

    @Override
    public boolean pollProceed() {
        places.note(true);
        return false;
    }

    @Override
    public boolean isTracing() {
        return true;
    }

    @Override
    public boolean hasBudgetRemaining() {
        return traced.hasBudgetRemaining();
    }

    /** By a leaf that did not ask. */
    @Override
    public void madeProgress() {
        traced.madeProgress();
    }

    @Override
    public int random() {
        return traced.random();
    }
}
