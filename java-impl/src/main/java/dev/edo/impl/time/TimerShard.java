package dev.edo.impl.time;

import dev.edo.future.Waker;
import dev.edo.impl.driver.WakeList;
import dev.edo.internal.LeadingPad;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A wheel with a lock and a next deadline that anyone may read without it. Each worker has one, and
 * all other threads share one more.
 *
 * <p>Algorithm: the lock spins and never parks. It protects a few dozen instructions that call
 * nothing outside this package, and a worker's shard is almost always taken by that worker alone.
 * It must not park, because a virtual thread takes it: parked, it would go on mounted on another
 * worker and register in the shard of the worker it left, who may be about to sleep without
 * knowing; and where it is pinned it would block its carrier. For the same reason only platform
 * threads yield when the lock stays taken (its holder lost the processor).
 *
 * <p>Invariants: {@code next} is the wheel's next deadline whenever the lock is free. Wakers are
 * called with the lock free.
 *
 * <p>Ordering: in the shared shard {@code next} is written volatile; its pair is {@code
 * TimeDriver.sleepingUntil}. A worker's own shard needs release only: who must act on it is that
 * worker, later, on the same thread.
 *
 * <p>Shutdown: {@link #close} fires everything with the closed state and refuses what comes later.
 */
final class TimerShard extends LeadingPad {
    private static final int SPINS_BEFORE_YIELD = 128;
    private static final VarHandle LOCK;
    private static final VarHandle NEXT;
    private static final VarHandle SPARE;

    static {
        try {
            var lookup = MethodHandles.lookup();
            LOCK = lookup.findVarHandle(TimerShard.class, "lock", long.class);
            NEXT = lookup.findVarHandle(TimerShard.class, "next", long.class);
            SPARE = lookup.findVarHandle(TimerShard.class, "spare", WakeList.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long next = Wheel.NEVER;
    private long lock;
    long q00, q01, q02, q03, q04, q05, q06, q07, q08, q09, q10, q11, q12, q13;

    private final Wheel wheel = new Wheel();
    private final boolean shared;
    private boolean closed;
    private int registered;
    private @Nullable WakeList spare = new WakeList();

    /** A shard; {@code shared} where threads other than one worker register. */
    TimerShard(boolean shared) {
        this.shared = shared;
    }

    boolean isShared() {
        return shared;
    }

    /** When {@link #fire} should be called next, rounded up to a tick; or {@link Wheel#NEVER}. */
    long nextVolatile() {
        return (long) NEXT.getVolatile(this);
    }

    /** The next deadline to the nanosecond, for a clock that stands still. */
    long nextExact() {
        lock();
        try {
            return wheel.nextExactDeadlineNanos();
        } finally {
            unlock();
        }
    }

    /** How many timers are in the wheel; any thread. */
    int registeredCount() {
        lock();
        try {
            return registered;
        } finally {
            unlock();
        }
    }

    Placed insert(TimerEntry entry, Waker waker, long nowNanos) {
        lock();
        try {
            if (closed) {
                return Placed.REFUSED;
            }
            entry.registeredLocked(waker);
            registered++;
            return place(entry, nowNanos);
        } finally {
            unlock();
        }
    }

    /** Moves an entry's deadline; it keeps its waker. */
    Placed move(TimerEntry entry, long deadlineNanos, long nowNanos) {
        lock();
        try {
            if (!entry.isRegisteredLocked()) {
                return Placed.REFUSED;
            }
            wheel.remove(entry);
            entry.deadlineNanos = deadlineNanos;
            return place(entry, nowNanos);
        } finally {
            unlock();
        }
    }

    private Placed place(TimerEntry entry, long nowNanos) {
        wheel.insert(entry, nowNanos);
        long before = next;
        publishNext();
        return next < before ? Placed.EARLIEST : Placed.LATER;
    }

    /** Takes an entry out; returns its waker, or null when it had fired. */
    @Nullable Waker remove(TimerEntry entry) {
        lock();
        try {
            var waker = entry.unregisteredLocked();
            if (waker != null) {
                wheel.remove(entry);
                registered--;
                publishNext();
            }
            return waker;
        } finally {
            unlock();
        }
    }

    /** Gives an entry another waker; returns false when it had fired. */
    boolean replaceWaker(TimerEntry entry, Waker waker) {
        lock();
        try {
            return entry.replaceWakerLocked(waker);
        } finally {
            unlock();
        }
    }

    /**
     * Fires what is due, and wakes.
     *
     * @return how many timers fired
     */
    int fire(long nowNanos, boolean exact) {
        return fire(nowNanos, exact, false);
    }

    /** Fires everything with the closed state, and refuses what comes later. */
    void close() {
        fire(Wheel.MAX_DEADLINE_NANOS, false, true);
    }

    private int fire(long nowNanos, boolean exact, boolean closing) {
        var batch = (WakeList) SPARE.getAndSet(this, null);
        if (batch == null) {
            batch = new WakeList();
        }
        int fired = 0;
        boolean more;
        do {
            more = false;
            lock();
            try {
                closed |= closing;
                while (wheel.pollExpired(nowNanos, exact) instanceof TimerEntry entry) {
                    batch.push(entry.firedLocked(closing));
                    registered--;
                    fired++;
                    if (batch.isFull()) {
                        more = true;
                        break;
                    }
                }
                publishNext();
            } finally {
                unlock();
            }
            batch.wakeAll();
        } while (more);
        SPARE.setRelease(this, batch);
        return fired;
    }

    private void publishNext() {
        long nanos = wheel.nextDeadlineNanos();
        if (nanos == next) {
            return;
        }
        if (shared) {
            NEXT.setVolatile(this, nanos);
        } else {
            NEXT.setRelease(this, nanos);
        }
    }

    private void lock() {
        if (!LOCK.compareAndSet(this, 0L, 1L)) {
            lockContended();
        }
    }

    private void lockContended() {
        boolean mayYield = !Thread.currentThread().isVirtual();
        int spins = 0;
        do {
            while ((long) LOCK.getOpaque(this) != 0L) {
                if (++spins < SPINS_BEFORE_YIELD || !mayYield) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
            }
        } while (!LOCK.compareAndSet(this, 0L, 1L));
    }

    private void unlock() {
        LOCK.setRelease(this, 0L);
    }
}
