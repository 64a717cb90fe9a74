package dev.edo.metrics;

import dev.edo.future.Waker;
import dev.edo.internal.OwnedWaker;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.LongSupplier;

/**
 * Wakes whoever polls an instrumented future, and notes when that first happened.
 *
 * <p>It belongs to one waker of a poller. Where another one polls, there is another of these: so
 * what is polled sees by the identity whom it has registered, as it would without the monitor, and a
 * late call of an earlier poller's waker is not taken for a wake-up of the present one.
 *
 * <p>{@code wokeAtNanos}: set once by any thread, taken by the poller; the first wake-up after a
 * take counts.
 */
final class TimedWaker implements OwnedWaker {
    /** No clock of the runtime says this: theirs are positive. */
    static final long NOT_WOKEN = Long.MIN_VALUE;

    private static final VarHandle WOKE_AT;

    static {
        try {
            WOKE_AT = MethodHandles.lookup()
                    .findVarHandle(TimedWaker.class, "wokeAtNanos", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Whom to wake. */
    final Waker poller;

    /** The poller's clock, which may stand still; the waking thread need not be inside its runtime. */
    final LongSupplier clock;

    private volatile long wokeAtNanos = NOT_WOKEN;

    TimedWaker(Waker poller, LongSupplier clock) {
        this.poller = poller;
        this.clock = clock;
    }

    @Override
    public void wake() {
        note();
        poller.wake();
    }

    /** Notes a wake-up that was arranged without this. */
    void note() {
        if (wokeAtNanos == NOT_WOKEN) {
            WOKE_AT.compareAndSet(this, NOT_WOKEN, clock.getAsLong());
        }
    }

    /** {@return when it was first called since the last take, or {@link #NOT_WOKEN}} */
    long takeWokeAtNanos() {
        return wokeAtNanos == NOT_WOKEN ? NOT_WOKEN : (long) WOKE_AT.getAndSet(this, NOT_WOKEN);
    }

    @Override
    public boolean isCallers() {
        return !OwnedWaker.isSomebodyElses(poller);
    }
}
