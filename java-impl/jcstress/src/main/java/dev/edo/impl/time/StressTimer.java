package dev.edo.impl.time;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import dev.edo.impl.driver.Park;
import java.util.function.LongSupplier;

/**
 * A timer due at tick 2 of a clock that shows 0, in the shard of the only worker or in the shared
 * one.
 */
final class StressTimer extends TimerEntry {
    static final int OWN = 0;
    static final int SHARED = 1;
    static final long DUE = 2L << Wheel.TICK_SHIFT;

    private final int homeShard;

    StressTimer(TimeDriver driver, int homeShard) {
        super(driver, DUE);
        this.homeShard = homeShard;
    }

    static TimeDriver driver(Park inner) {
        LongSupplier source = () -> 0;
        return new TimeDriver(new Clock(source, false), inner, 2);
    }

    @Override
    int homeShard() {
        return homeShard;
    }

    boolean poll(Waker waker) {
        return pollElapsed(Context.of(waker)).isReady();
    }
}
