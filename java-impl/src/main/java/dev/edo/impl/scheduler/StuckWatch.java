package dev.edo.impl.scheduler;

import dev.edo.impl.task.coroutine.Orphans;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Gets a scheduler out of a deadlock that its carriers cannot leave by themselves.
 *
 * <p>The deadlock: a stackless task blocks its carrier in a monitor or a {@code java.util.concurrent} lock, behind a
 * virtual thread that is first in the lock's queue. The lock is released to that thread, which must be mounted to go
 * on; but all carriers wait behind it. The JDK has the same trouble with its own carriers and helps itself with timed
 * waits, in some of the cases.
 *
 * <p>Algorithm: whenever the JDK makes a virtual thread runnable (which may be such a hand-over) the watch is armed. It
 * then samples every few milliseconds until every hand-over has started. If no task was started between two samples
 * and no carrier is able to move, it has the pending hand-overs run elsewhere. Unarmed it sleeps: an idle runtime
 * costs nothing, a busy one an unpark per sample at most.
 *
 * <p>Protocol: {@code queued} is raised before a hand-over enters a queue, {@code started} after it left. Both only
 * grow, and the watch reads {@code started} first, so that it may count too many as pending but never too few, wherever
 * the hand-over is (in a queue, or in the hands of a thief). Arming raises {@code queued} and then reads
 * {@code armed}; disarming clears {@code armed} and then reads the counts once more, with a full fence between in both:
 * one of them sees the other.
 */
public final class StuckWatch {
    private static final long SAMPLE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Source source;
    private final ThreadFactory threads;
    private final LongAdder queued = new LongAdder();
    private final LongAdder started = new LongAdder();
    private final AtomicBoolean threadStarted = new AtomicBoolean();
    private volatile boolean armed;
    private volatile boolean ended;
    private volatile Thread thread = Thread.currentThread();

    /** The scheduler that is watched; called by the watch's thread. */
    public interface Source {
        /** Whether there are carriers: without any, hand-overs wait until {@link #resume()} tells of one. */
        boolean isDriven();

        /** Changes whenever a task is started. */
        long progress();

        /** Whether no carrier is able to move: each sleeps, is blocked or has ended. */
        boolean isStuck();

        /** Wakes a carrier that sleeps; where there is none, has the pending hand-overs run elsewhere. */
        void rescue();
    }

    public StuckWatch(Source source) {
        this(source, Thread.ofPlatform().daemon().name("edo-stuck-watch").factory());
    }

    StuckWatch(Source source, ThreadFactory threads) {
        this.source = source;
        this.threads = threads;
    }

    /** Whether a carrier's thread is not running. */
    public static boolean isBlocked(Thread carrier) {
        return switch (carrier.getState()) {
            case BLOCKED, WAITING, TIMED_WAITING -> true;
            case NEW, RUNNABLE, TERMINATED -> false;
        };
    }

    /** A virtual thread that the JDK made runnable is about to be queued; from any thread, never parks. */
    public void handOverQueued() {
        queued.increment();
        VarHandle.fullFence(); // pairs with the one in disarm
        if (!armed) {
            arm();
        }
    }

    /** It has left its queue. */
    public void handOverStarted() {
        started.increment();
    }

    /** There are carriers again. */
    public void resume() {
        VarHandle.fullFence(); // between the change that isDriven tells of and the look here
        if (!armed && isPending()) {
            arm();
        }
    }

    /** The scheduler has ended. */
    public void end() {
        ended = true;
        LockSupport.unpark(thread);
    }

    private void arm() {
        if (ended) {
            return;
        }
        armed = true;
        if (threadStarted.get() || !threadStarted.compareAndSet(false, true)) {
            LockSupport.unpark(thread);
        } else {
            startThread();
        }
    }

    /** Without a thread there is no watch; but the hand-over that asks for it must get into its queue all the same. */
    private void startThread() {
        try {
            var started = threads.newThread(this::watch);
            started.start();
            thread = started;
        } catch (OutOfMemoryError e) {
            threadStarted.set(false);
            armed = false; // the next hand-over tries again
        }
    }

    /** Goes to sleep, unless there is something to watch. By the watch's thread, and tests. */
    void disarm() {
        armed = false;
        VarHandle.fullFence(); // pairs with the one in handOverQueued
        if (isPending() && source.isDriven()) {
            armed = true;
        }
    }

    /** For tests. */
    boolean isArmed() {
        return armed;
    }

    private boolean isPending() {
        long before = started.sum();
        return queued.sum() != before;
    }

    private void pause() {
        long deadlineNanos = System.nanoTime() + SAMPLE_NANOS;
        for (long left = SAMPLE_NANOS; left > 0 && !ended; left = deadlineNanos - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
    }

    private void watch() {
        thread = Thread.currentThread();
        while (!ended) {
            if (!armed) {
                LockSupport.park(this);
                continue;
            }
            long before = source.progress();
            pause();
            if (!isPending() || !source.isDriven()) {
                disarm();
            } else if (source.progress() == before && source.isStuck()) {
                Orphans.startThread(); // for those that found none the last time
                source.rescue();
            }
        }
    }
}
