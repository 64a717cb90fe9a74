package dev.edo.impl.scheduler.multithread;

import dev.edo.impl.driver.Park;
import dev.edo.impl.scheduler.JobsUnderWay;
import dev.edo.impl.scheduler.LookOut;
import dev.edo.impl.time.TimeDriver;
import dev.edo.internal.LeadingPad;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where one worker sleeps. Whoever gets the driver lock sleeps in the selector, the others on their own thread.
 *
 * <pre>
 *   EMPTY          awake, nothing pending
 *   PARKED_CONDVAR asleep by LockSupport; unpark wakes the thread
 *   PARKED_DRIVER  asleep in the driver; unpark wakes the driver
 *   NOTIFIED       unparked; the present or the next park returns
 *
 *   park    EMPTY -> PARKED_*    fails on NOTIFIED, which is consumed: no sleep
 *   wake    any   -> EMPTY
 *   unpark  any   -> NOTIFIED    acts on what it replaced
 * </pre>
 *
 * <p>Ordering: all transitions are atomic read-modify-writes, so what an unparker did before is seen by the worker
 * that consumed NOTIFIED. The thread is written before PARKED_CONDVAR and read after it was replaced.
 *
 * <p>While few jobs of the blocking pool are under way, one that would sleep outside of the driver looks out for NOTIFIED
 * for a while: who unparks it then takes out EMPTY, and makes no system call.
 *
 * <p>Timers: the sleeper in the driver waits for the earliest timer of all workers; one that sleeps outside wakes
 * for its own shard, whose timers it may have set after the other fell asleep.
 *
 * <p>Origin: Tokio's {@code multi_thread/park.rs}.
 */
final class Parker extends LeadingPad {
    private static final int EMPTY = 0;
    private static final int PARKED_CONDVAR = 1;
    private static final int PARKED_DRIVER = 2;
    private static final int NOTIFIED = 3;

    /** With jobs that take long, one sleep in so many (a power of two) is looked out before. */
    private static final int LOOK_OUT_MISSES = 6;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Parker.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final DriverLock driverLock;
    private final @Nullable TimeDriver time;
    private final int worker;
    private final JobsUnderWay jobs;
    private final LookOut lookOut;
    private final BooleanSupplier notified = this::isNotified;

    private volatile int state = EMPTY;
    private @Nullable Thread sleeper;

    /** The parker of a worker, whose timer shard has the same number. */
    Parker(DriverLock driverLock, @Nullable TimeDriver time, int worker, JobsUnderWay jobs) {
        this(driverLock, time, worker, jobs, new LookOut(LOOK_OUT_MISSES));
    }

    /** The same with its own way to look out. */
    Parker(DriverLock driverLock, @Nullable TimeDriver time, int worker, JobsUnderWay jobs, LookOut lookOut) {
        this.driverLock = driverLock;
        this.time = time;
        this.worker = worker;
        this.jobs = jobs;
        this.lookOut = lookOut;
    }

    /** Sleeps until unparked, an event, or a timer that is due, or for no reason; true where it was in the drivers. */
    boolean park() {
        if (STATE.compareAndSet(this, NOTIFIED, EMPTY)) {
            return false;
        }
        if (driverLock.tryAcquire()) {
            try {
                parkInDriver();
                return true;
            } finally {
                driverLock.release();
            }
        }
        parkOnThread();
        return false;
    }

    /** Looks at the drivers without sleeping, unless another worker is inside; true where there was none. */
    boolean poll() {
        if (driverLock.tryAcquire()) {
            try {
                driverLock.driver().park(0);
                return true;
            } finally {
                driverLock.release();
            }
        }
        if (time != null) {
            time.processShard(worker);
        }
        return false;
    }

    private void parkInDriver() {
        if (!STATE.compareAndSet(this, EMPTY, PARKED_DRIVER)) {
            STATE.getAndSet(this, EMPTY); // was NOTIFIED, perhaps twice: read the latest
            return;
        }
        try {
            Thread.interrupted(); // as in sleep: without I/O the driver is a thread park, too
            driverLock.park(worker);
        } finally {
            STATE.getAndSet(this, EMPTY);
        }
    }

    private void parkOnThread() {
        long limitNanos = time == null ? Park.FOREVER : time.nanosToNext(worker);
        if (limitNanos != 0) {
            sleep(limitNanos);
        }
        if (time != null) {
            time.processShard(worker);
        }
    }

    private void sleep(long limitNanos) {
        long deadlineNanos = System.nanoTime() + limitNanos; // to look out takes time, too
        boolean timerIsFar = limitNanos == Park.FOREVER || limitNanos > LookOut.LIMIT_NANOS;
        if (timerIsFar && jobs.areFew() && lookOut.until(notified)) {
            STATE.getAndSet(this, EMPTY);
            return;
        }
        sleeper = Thread.currentThread();
        if (!STATE.compareAndSet(this, EMPTY, PARKED_CONDVAR)) {
            STATE.getAndSet(this, EMPTY); // was NOTIFIED, perhaps twice: read the latest
            return;
        }
        while (state == PARKED_CONDVAR) {
            Thread.interrupted(); // an interrupt left by a task would make every park return at once
            if (limitNanos == Park.FOREVER) {
                LockSupport.park(this);
            } else {
                long left = deadlineNanos - System.nanoTime();
                if (left <= 0) {
                    break;
                }
                LockSupport.parkNanos(this, left);
            }
        }
        STATE.getAndSet(this, EMPTY);
    }

    boolean isNotified() {
        return state == NOTIFIED;
    }

    /** Ends the present or the next park; from any thread, never blocks. */
    void unpark() {
        switch ((int) STATE.getAndSet(this, NOTIFIED)) {
            case PARKED_CONDVAR -> LockSupport.unpark(sleeper);
            case PARKED_DRIVER -> driverLock.driver().unpark();
            default -> {}
        }
    }
}
