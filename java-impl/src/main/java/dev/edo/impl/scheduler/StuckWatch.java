package dev.edo.impl.scheduler;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Gets a scheduler out of a deadlock that its carriers cannot leave by themselves.
 *
 * <p>The deadlock: a stackless task blocks its carrier in a monitor or a {@code java.util.concurrent} lock, behind a
 * virtual thread that is first in the lock's queue. The lock is released to that thread, which must be mounted to go
 * on; but all carriers wait behind it. The JDK has the same trouble with its own carriers and helps itself with timed
 * waits, in some of the cases.
 *
 * <p>Algorithm: whenever the JDK makes a virtual thread runnable (which may be such a hand-over) and no carrier sleeps,
 * the watch is armed. It then samples every few milliseconds, for as long as work is pending. If no task was started
 * between two samples and every carrier is blocked, it takes the pending virtual threads that the JDK handed over and
 * has them run elsewhere. Unarmed it sleeps: an idle runtime costs nothing.
 *
 * <p>Protocol: arming sets {@code armed} after the task was queued; disarming clears it and then looks for pending
 * work once more. All volatile, so a task that was queued meanwhile is seen by one of them.
 */
public final class StuckWatch {
    private static final long SAMPLE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Source source;
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile boolean armed;
    private volatile boolean ended;
    private volatile Thread thread = Thread.currentThread();

    /** The scheduler that is watched; called by the watch's thread. */
    public interface Source {
        /** Whether a task waits in a queue. */
        boolean isWorkPending();

        /** Changes whenever a task is started. */
        long progress();

        /** Whether there are carriers and all of them are blocked. */
        boolean areAllBlocked();

        /** Has the virtual threads that the JDK handed over run elsewhere. */
        void runHandOversElsewhere();
    }

    public StuckWatch(Source source) {
        this.source = source;
    }

    /** Whether a carrier's thread is not running; null where there is none yet. */
    public static boolean isBlocked(Thread carrier) {
        return switch (carrier.getState()) {
            case BLOCKED, WAITING, TIMED_WAITING -> true;
            case NEW, RUNNABLE, TERMINATED -> false;
        };
    }

    /** A virtual thread was made runnable by the JDK, and no carrier sleeps; from any thread, never parks. */
    public void arm() {
        if (armed || ended) {
            return;
        }
        armed = true;
        if (started.get() || !started.compareAndSet(false, true)) {
            LockSupport.unpark(thread);
        } else {
            thread = Thread.ofPlatform().daemon().name("edo-stuck-watch").start(this::watch);
        }
    }

    /** The scheduler ends. */
    public void end() {
        ended = true;
        LockSupport.unpark(thread);
    }

    private void watch() {
        thread = Thread.currentThread();
        while (!ended) {
            if (!armed) {
                LockSupport.park(this);
                continue;
            }
            long before = source.progress();
            LockSupport.parkNanos(this, SAMPLE_NANOS);
            if (!source.isWorkPending()) {
                armed = false;
                if (source.isWorkPending()) {
                    armed = true; // never false here: it may have been armed since
                }
            } else if (source.progress() == before && source.areAllBlocked()) {
                source.runHandOversElsewhere();
            }
        }
    }
}
