package dev.edo.impl.time;

import java.util.function.LongSupplier;

/** A source for clocks that moves only when told. */
final class ManualTime implements LongSupplier {
    private volatile long nanos;

    ManualTime(long nanos) {
        this.nanos = nanos;
    }

    @Override
    public long getAsLong() {
        return nanos;
    }

    void set(long newNanos) {
        nanos = newNanos;
    }

    Clock clock() {
        return new Clock(this, false);
    }

    Clock pausedClock() {
        return new Clock(this, true);
    }
}
