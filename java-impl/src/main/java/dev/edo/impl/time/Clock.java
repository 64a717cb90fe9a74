package dev.edo.impl.time;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * A runtime's monotonic clock, which a current-thread runtime can pause and move.
 *
 * <p>Algorithm: one immutable {@link Reading} says how to tell the time, so that a reader on any
 * thread sees a frozen time or an offset that belong together.
 *
 * <p>Invariants: the time never goes backwards. All clocks on the system's time agree until one is
 * paused, so an instant of one runtime means the same in another.
 *
 * <p>Origin: Tokio's {@code time/clock.rs}. There every runtime can read a mutex; here reading
 * takes no lock.
 */
public final class Clock implements LongSupplier {
    private static final long ORIGIN_NANOS = System.nanoTime() - 1;

    private static volatile boolean anyDeviates;

    private final LongSupplier source;
    private final AtomicReference<Reading> reading = new AtomicReference<>(new Reading(false, 0));
    private final AtomicInteger autoAdvanceInhibitors = new AtomicInteger();

    /**
     * How to tell the time.
     *
     * @param nanos the time itself when frozen, else what is added to the source's
     */
    private record Reading(boolean frozen, long nanos) {}

    /**
     * A clock on the system's time.
     *
     * @param startPaused whether it stands still at first
     */
    public Clock(boolean startPaused) {
        this(Clock::systemNanos, startPaused);
    }

    /** A clock on a time of the caller's. */
    Clock(LongSupplier source, boolean startPaused) {
        this.source = source;
        if (startPaused) {
            pause();
        }
    }

    /** The system's monotonic time since some moment before the first call; positive. */
    static long systemNanos() {
        return System.nanoTime() - ORIGIN_NANOS;
    }

    /**
     * Whether some clock was ever paused; until then {@link #systemNanos()} is every runtime's
     * time.
     */
    static boolean anyDeviates() {
        return anyDeviates;
    }

    /** The present. */
    public long nanos() {
        return nanosOf(reading.get());
    }

    @Override
    public long getAsLong() {
        return nanos();
    }

    private long nanosOf(Reading r) {
        return r.frozen ? r.nanos : source.getAsLong() + r.nanos;
    }

    /** Whether the time stands still until somebody moves it. */
    public boolean isPaused() {
        return reading.get().frozen;
    }

    void pause() {
        anyDeviates = true;
        for (;;) {
            var r = reading.get();
            if (r.frozen) {
                throw new IllegalStateException(
                        "time is already paused; call TestClock.resume() first");
            }
            if (reading.compareAndSet(r, new Reading(true, nanosOf(r)))) {
                return;
            }
        }
    }

    void resume() {
        for (;;) {
            var r = requireFrozen();
            if (reading.compareAndSet(r, new Reading(false, r.nanos - source.getAsLong()))) {
                return;
            }
        }
    }

    /** Moves the frozen time forward. */
    void advance(long byNanos) {
        for (;;) {
            var r = requireFrozen();
            long target = r.nanos + byNanos;
            if (target < r.nanos) {
                throw new IllegalArgumentException("cannot advance the clock by nanos=" + byNanos
                        + " from nanos=" + r.nanos + ": time only goes forward, up to nanos="
                        + Long.MAX_VALUE);
            }
            if (reading.compareAndSet(r, new Reading(true, target))) {
                return;
            }
        }
    }

    /**
     * Moves the time forward to a moment, unless it is already there or goes on by itself by now.
     */
    void autoAdvanceTo(long targetNanos) {
        for (;;) {
            var r = reading.get();
            if (!r.frozen
                    || r.nanos >= targetNanos
                    || reading.compareAndSet(r, new Reading(true, targetNanos))) {
                return;
            }
        }
    }

    private Reading requireFrozen() {
        var r = reading.get();
        if (!r.frozen) {
            throw new IllegalStateException("time is not paused; call TestClock.pause() first");
        }
        return r;
    }

    boolean canAutoAdvance() {
        return isPaused() && autoAdvanceInhibitors.get() == 0;
    }

    void inhibitAutoAdvance() {
        autoAdvanceInhibitors.incrementAndGet();
    }

    void allowAutoAdvance() {
        int left = autoAdvanceInhibitors.decrementAndGet();
        assert left >= 0 : "allowAutoAdvance without inhibitAutoAdvance, left=" + left;
    }
}
