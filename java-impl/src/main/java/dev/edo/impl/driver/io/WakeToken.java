package dev.edo.impl.driver.io;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Whether the polling thread must be woken with a system call.
 *
 * <p>Algorithm: one word.
 *
 * <pre>
 *   EMPTY    -- beginWait --&gt; SLEEPING     the polling thread is going to sleep, or sleeps
 *   EMPTY    -- notifyOne --&gt; NOTIFIED     the next wait will not sleep
 *   SLEEPING -- notifyOne --&gt; NOTIFIED     the notifier makes the system call
 *   NOTIFIED -- beginWait --&gt; NOTIFIED     the wait only looks
 *   any      -- endWait   --&gt; EMPTY        after the wait, before its caller looks for work
 * </pre>
 *
 * <p>Invariants: every transition is an atomic read-modify-write, so {@code endWait} reads what the
 * last {@code notifyOne} before it wrote and sees all that its caller did first. A notification is
 * therefore either before some endWait, whose caller finds the work; or after it, and then it finds
 * EMPTY, so the next wait does not sleep; or SLEEPING, and then it makes the system call, which
 * ends that wait or the next one. A notification that finds NOTIFIED stands in the same place as
 * the one that wrote it: no endWait came between the two. A system call that comes too late costs
 * one empty turn.
 */
final class WakeToken {
    /** What a notifier has to do. */
    enum Notified {
        /** The polling thread sleeps: end its wait with a system call. */
        WAKE_SLEEPER,
        /** Nothing: the next wait will not sleep. */
        NOT_SLEEPING,
        /** Nothing: an earlier notification is on its way. */
        ALREADY_NOTIFIED
    }

    /** How the polling thread may wait. */
    enum Wait {
        /** As long as it likes. */
        SLEEP,
        /** Not at all: a notification is waiting. */
        LOOK
    }

    private static final int EMPTY = 0;
    private static final int SLEEPING = 1;
    private static final int NOTIFIED = 2;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(WakeToken.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // through STATE
    private volatile int state;

    /** The polling thread, before a wait that may sleep. */
    Wait beginWait() {
        return STATE.compareAndSet(this, EMPTY, SLEEPING) ? Wait.SLEEP : Wait.LOOK;
    }

    /** The polling thread, after each wait. */
    void endWait() {
        STATE.getAndSet(this, EMPTY);
    }

    /** Any thread, after it made work visible. */
    Notified notifyOne() {
        return switch ((int) STATE.getAndSet(this, NOTIFIED)) {
            case SLEEPING -> Notified.WAKE_SLEEPER;
            case EMPTY -> Notified.NOT_SLEEPING;
            default -> Notified.ALREADY_NOTIFIED;
        };
    }
}
