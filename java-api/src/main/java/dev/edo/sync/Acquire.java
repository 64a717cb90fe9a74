package dev.edo.sync;

import dev.edo.future.Context;
import dev.edo.internal.SpentFuture;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One wait for permits of a {@link BatchSemaphore}. Futures that need permits extend it, and so
 * wait without another object; where that is not possible one is kept in a field.
 *
 * <p>Whoever polls calls {@link #pollAcquire} until it says something else than
 * {@link Acquisition#UNAVAILABLE}, or gives up by {@link #cancelAcquire}. With
 * {@link Acquisition#ACQUIRED} the permits are the caller's, to be given back by
 * {@link BatchSemaphore#release}.
 *
 * <p>Invariants: {@code phase} and {@code requested} are the poller's; {@code remaining} is written
 * under the semaphore's lock. It is 0 once all permits are here, which the poller sees without the
 * lock, and never grows, but for the oldest waiter of a semaphore that is closed, which gives up its
 * part.
 */
class Acquire extends Waiter {
    private static final VarHandle REMAINING;

    static {
        try {
            REMAINING = MethodHandles.lookup().findVarHandle(Acquire.class, "remaining", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private enum Phase {
        INITIAL,
        QUEUED,
        DONE
    }

    private final BatchSemaphore semaphore;
    private final long requested;
    private long remaining;
    private Phase phase = Phase.INITIAL;

    Acquire(BatchSemaphore semaphore, long n) {
        this.semaphore = semaphore;
        this.requested = BatchSemaphore.checkPermits(n);
        this.remaining = n;
    }

    /**
     * Goes on. Spends budget where it ends the wait.
     *
     * @param cx whom to wake
     * @return whether the permits are here; unavailable means pending
     * @throws IllegalStateException after the wait ended or was cancelled
     */
    final Acquisition pollAcquire(Context cx) {
        if (phase == Phase.DONE) {
            throw SpentFuture.polledAgain();
        }
        if (!cx.pollProceed()) {
            return Acquisition.UNAVAILABLE;
        }
        var result = phase == Phase.QUEUED ? semaphore.pollQueued(this, cx.waker()) : pollInitial(cx);
        if (result != Acquisition.UNAVAILABLE) {
            phase = Phase.DONE;
            cx.madeProgress();
        }
        return result;
    }

    private Acquisition pollInitial(Context cx) {
        waker = cx.waker();
        var result = semaphore.takeOrWait(this);
        if (result == Acquisition.UNAVAILABLE) {
            phase = Phase.QUEUED;
        } else {
            waker = null;
        }
        return result;
    }

    /** Gives up: leaves the queue, and hands on what it was given. Idempotent, and nothing after the end. */
    final void cancelAcquire() {
        boolean queued = phase == Phase.QUEUED;
        phase = Phase.DONE;
        if (queued) {
            semaphore.leave(this);
        }
    }

    /** {@return the semaphore} */
    final BatchSemaphore semaphore() {
        return semaphore;
    }

    /** {@return how many permits this wants} */
    final long requested() {
        return requested;
    }

    /** Under the lock. */
    final long remaining() {
        return remaining;
    }

    /** Under the lock: what this was given. */
    final long assigned() {
        return requested - remaining;
    }

    /** Whether all permits are here, which is final; the answer no is good for the moment only, unless under the lock. */
    final boolean isServed() {
        return (long) REMAINING.getAcquire(this) == 0;
    }

    /** Under the lock. The last thing done with a waiter that is served, but for waking it. */
    final void assign(long n) {
        REMAINING.setRelease(this, remaining - n);
    }

    /** Under the lock of a semaphore that is being closed: takes back what this was given. */
    final long giveUpPart() {
        long given = assigned();
        remaining = requested;
        return given;
    }
}
