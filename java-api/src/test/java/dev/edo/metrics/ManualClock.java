package dev.edo.metrics;

import java.util.function.LongSupplier;

/** A clock that moves only when told. */
final class ManualClock implements LongSupplier {
    private volatile long nanos;

    ManualClock(long nanos) {
        this.nanos = nanos;
    }

    void advance(long byNanos) {
        nanos += byNanos;
    }

    @Override
    public long getAsLong() {
        return nanos;
    }
}
