package dev.edo.impl.task;

import dev.edo.impl.scheduler.Schedulable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The state word of a task and its transitions.
 *
 * <pre>
 *   bit 0  RUNNING    somebody polls it, or has taken it over to end it, or it is in a queue to be polled again
 *   bit 1  COMPLETE   the output is there; final
 *   bit 2  NOTIFIED   it is in a queue, or will be put there by whoever finishes the running poll
 *   bit 3  CANCELLED  it is to end instead of being polled again
 *   bit 4  TRACED     its next poll is to find out where it waits, for a dump; only together with NOTIFIED
 *
 *   spawn            NOTIFIED
 *   start            NOTIFIED          -> RUNNING
 *   pending          RUNNING           -> idle (0)
 *   woken meanwhile  RUNNING|NOTIFIED  -> unchanged, the poller enqueues
 *   yield            RUNNING           -> unchanged, the poller enqueues
 *   resume           RUNNING           -> RUNNING, without NOTIFIED
 *   done             RUNNING           -> COMPLETE
 *   wake             idle              -> NOTIFIED, the waker enqueues
 *                    RUNNING           -> RUNNING|NOTIFIED, the poller enqueues
 *                    NOTIFIED,COMPLETE -> unchanged
 *   abort            idle              -> NOTIFIED|CANCELLED, the caller enqueues
 *                    RUNNING, NOTIFIED -> |NOTIFIED|CANCELLED
 *   trace            not COMPLETE      -> |NOTIFIED|TRACED, the caller enqueues if it was idle;
 *                                         gone with NOTIFIED, when the poll starts
 *   shut down        idle or NOTIFIED  -> RUNNING|CANCELLED, the caller ends it
 *                    RUNNING           -> |CANCELLED, the poller ends it
 *
 *   tasks in direct style are never idle here (the virtual thread has its own state):
 *   cancelled        not COMPLETE      -> |CANCELLED
 *   claim            not RUNNING       -> RUNNING, the caller ends it
 * </pre>
 *
 * <p>A task that is to be polled again anyway keeps RUNNING while it is in the queue: whoever takes it from there is
 * its poller, as if the poll had gone on. So a yield changes no word that others write, and a wake-up meanwhile
 * enqueues nothing. It cannot be ended from outside then; the one who takes it from the queue sees CANCELLED.
 *
 * <p>Ordering: every transition is a volatile compare-and-set. What a poll wrote is published by its transition
 * to idle and seen by the next transition to RUNNING, or goes through the queue; the output is published by COMPLETE.
 * A wake-up that finds NOTIFIED writes the word all the same: otherwise the poll to come might not see what the waker
 * did before, and nobody would poll again. For the same reason the next poller reads the word when it resumes.
 *
 * <p>Origin: Tokio's {@code task/state.rs}. There is no reference count, because the garbage collector frees tasks,
 * and no JOIN_INTEREST and JOIN_WAKER, because the join waker is a volatile field of its own: the joiner writes it
 * and then reads COMPLETE, the completer writes COMPLETE and then reads it.
 */
public abstract class TaskState extends Schedulable {
    private static final int RUNNING = 1;
    private static final int COMPLETE = 1 << 1;
    private static final int NOTIFIED = 1 << 2;
    private static final int CANCELLED = 1 << 3;
    private static final int TRACED = 1 << 4;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(TaskState.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("FieldMayBeFinal") // written through STATE
    private volatile int state;

    TaskState() {
        STATE.setRelease(this, NOTIFIED); // nobody knows it yet, so that nothing has to wait for this store
    }

    /** What {@link #toRunning} and {@link #toResumed} found. */
    public enum Start {
        /** The caller polls. */
        POLL,
        /** The caller polls, and finds out before where the task waits. */
        TRACE,
        /** The caller ends the task as cancelled. */
        CANCEL,
        /** Somebody else has it, or it has ended. */
        SKIP
    }

    /** What {@link #toIdle} found. */
    public enum Idle {
        /** It waits for its waker. */
        WAITING,
        /** It was woken meanwhile and is RUNNING still: the caller enqueues it, and it is resumed from the queue. */
        NOTIFIED,
        /** It was cancelled meanwhile: the caller ends it. */
        CANCEL
    }

    /** Before a poll. */
    public final Start toRunning() {
        for (int s = state; ; s = state) {
            if ((s & (RUNNING | COMPLETE)) != 0) {
                return Start.SKIP;
            }
            if (casState(s, (s & ~(NOTIFIED | TRACED)) | RUNNING)) {
                if ((s & (CANCELLED | TRACED)) == 0) {
                    return Start.POLL;
                }
                return (s & CANCELLED) != 0 ? Start.CANCEL : Start.TRACE;
            }
        }
    }

    /** After a poll that was pending. */
    public final Idle toIdle() {
        for (int s = state; ; s = state) {
            if ((s & CANCELLED) != 0) {
                return Idle.CANCEL;
            }
            if ((s & NOTIFIED) != 0) {
                return Idle.NOTIFIED;
            }
            if (casState(s, s & ~RUNNING)) {
                return Idle.WAITING;
            }
        }
    }

    /** Before a poll of a task that was enqueued as RUNNING; never {@link Start#SKIP}. */
    public final Start toResumed() {
        for (int s = state; ; s = state) {
            if ((s & CANCELLED) != 0) {
                return Start.CANCEL;
            }
            if ((s & NOTIFIED) == 0) {
                return Start.POLL;
            }
            if (casState(s, s & ~(NOTIFIED | TRACED))) {
                return (s & TRACED) != 0 ? Start.TRACE : Start.POLL;
            }
        }
    }

    /** The output has been written; publishes it. */
    public final void toComplete() {
        for (int s = state; !casState(s, (s & ~(RUNNING | NOTIFIED | TRACED)) | COMPLETE); ) {
            s = state;
        }
    }

    /** A waker fires; true where the caller has to enqueue the task. */
    public final boolean toNotified() {
        for (int s = state; ; s = state) {
            if ((s & COMPLETE) != 0) {
                return false;
            }
            if (casState(s, s | NOTIFIED)) {
                return (s & (RUNNING | NOTIFIED)) == 0;
            }
        }
    }

    /** What {@link #toTraced} found. */
    public enum Found {
        /** It waits for its waker: the caller enqueues it. */
        WAITING,
        /** It is in a queue, or about to be put there. */
        QUEUED,
        /** It is being polled, or in a queue to be polled again. */
        RUNNING,
        /** It has ended, and there is nothing to trace. */
        ENDED
    }

    /** A dump wants to know where it waits: its next poll is {@link Start#TRACE}, and there will be one. */
    public final Found toTraced() {
        for (int s = state; ; s = state) {
            if ((s & COMPLETE) != 0) {
                return Found.ENDED;
            }
            if (casState(s, s | NOTIFIED | TRACED)) {
                if ((s & RUNNING) != 0) {
                    return Found.RUNNING;
                }
                return (s & NOTIFIED) != 0 ? Found.QUEUED : Found.WAITING;
            }
        }
    }

    /** An abort from outside; true where the caller has to enqueue the task. */
    public final boolean toNotifiedAndCancelled() {
        for (int s = state; ; s = state) {
            if ((s & (COMPLETE | CANCELLED)) != 0) {
                return false;
            }
            if (casState(s, s | CANCELLED | NOTIFIED)) {
                return (s & (RUNNING | NOTIFIED)) == 0;
            }
        }
    }

    /** The runtime ends; true where the caller has to end the task. */
    public final boolean toShutdown() {
        for (int s = state; ; s = state) {
            if ((s & COMPLETE) != 0) {
                return false;
            }
            boolean idle = (s & RUNNING) == 0;
            if (casState(s, s | CANCELLED | (idle ? RUNNING : 0))) {
                return idle;
            }
        }
    }

    /** Marks a task that is never idle (a thread, a blocking job) as cancelled; false when it was or has ended. */
    public final boolean toCancelled() {
        for (int s = state; ; s = state) {
            if ((s & (COMPLETE | CANCELLED)) != 0) {
                return false;
            }
            if (casState(s, s | CANCELLED)) {
                return true;
            }
        }
    }

    /** Takes over the ending of a task that more than one thread may want to end; true for the one that may. */
    public final boolean claim() {
        for (int s = state; ; s = state) {
            if ((s & (RUNNING | COMPLETE)) != 0) {
                return false;
            }
            if (casState(s, s | RUNNING)) {
                return true;
            }
        }
    }

    public final boolean isComplete() {
        return (state & COMPLETE) != 0;
    }

    public final boolean isCancelled() {
        return (state & CANCELLED) != 0;
    }

    private boolean casState(int expected, int next) {
        return STATE.compareAndSet(this, expected, next);
    }
}
