package dev.edo.impl.time;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.impl.driver.WakeList;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A timer's life, from the first poll to the last.
 *
 * <pre>
 *           first poll, not due        deadline
 *   IDLE ----------------------> REGISTERED ------> FIRED ---- poll ----> DONE
 *    ^ \                          |      |            |                    |
 *    |  `-- first poll, due: DONE |      `- shutdown -|--> CLOSED          |
 *    |                            |                   |      |             |
 *    `---------- reset -----------+-------------------+------+-------------'
 *   DONE: ready at each poll until reset
 *   cancel: CANCELLED from each of them but DONE, and back by reset
 * </pre>
 *
 * <p>Algorithm: the owner alone leaves every state but REGISTERED; that one is left under the lock
 * of the shard, by the owner or by who fires. So a poll that finds REGISTERED and its own waker in
 * place returns without the lock: if the timer fires at the same time, that waker is woken.
 *
 * <p>Invariants: in a wheel if and only if REGISTERED, and then in {@code shard}. Who fires writes
 * the state last, and touches nothing of the entry afterwards: it is the owner's again.
 *
 * <p>Origin: Tokio's {@code runtime/time/entry.rs}. A reset goes to the shard of the calling
 * thread, and takes no lock where the timer is not registered.
 */
abstract class TimerEntry extends WheelEntry {
    private static final int IDLE = 0;
    private static final int REGISTERED = 1;
    private static final int FIRED = 2;
    private static final int CLOSED = 3;
    private static final int DONE = 4;
    private static final int CANCELLED = 5;
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(TimerEntry.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final TimeDriver driver;
    private @Nullable TimerShard shard;
    private @Nullable Waker waker;
    private int state;

    TimerEntry(TimeDriver driver, long deadlineNanos) {
        this.driver = driver;
        this.deadlineNanos = Math.min(deadlineNanos, Wheel.MAX_DEADLINE_NANOS);
    }

    /** The shard for a timer that the calling thread registers. */
    abstract int homeShard();

    final Poll<@Nullable Void> pollElapsed(Context cx) {
        if (!cx.pollProceed()) {
            return Poll.pending();
        }
        int seen = stateAcquire();
        if (seen == REGISTERED) {
            var current = cx.waker();
            var registeredIn = shard;
            assert registeredIn != null;
            if (waker == current || registeredIn.replaceWaker(this, current)) {
                return Poll.pending();
            }
            seen = stateAcquire();
        } else if (seen == IDLE) {
            long now = driver.clock().nanos();
            if (deadlineNanos > now) {
                if (register(cx.waker(), now)) {
                    return Poll.pending();
                }
                seen = CLOSED;
                setStateRelease(CLOSED);
            } else {
                seen = FIRED;
            }
        }
        return switch (seen) {
            case FIRED -> {
                setStateRelease(DONE);
                cx.madeProgress();
                yield Poll.ready();
            }
            case DONE -> {
                cx.madeProgress(); // so that a loop that forgot to reset it yields now and then
                yield Poll.ready();
            }
            case CLOSED -> throw new IllegalStateException(
                    "the timer cannot fire: its runtime has been shut down");
            case CANCELLED -> throw new IllegalStateException(
                    "sleep polled after it was cancelled; call reset(deadline) to use it again");
            default -> throw new AssertionError("state=" + seen);
        };
    }

    final boolean hasElapsed() {
        int seen = stateAcquire();
        return seen == FIRED || seen == DONE;
    }

    final void moveTo(long newDeadlineNanos) {
        long target = Math.min(newDeadlineNanos, Wheel.MAX_DEADLINE_NANOS);
        Waker waiting = null;
        if (stateAcquire() == REGISTERED) {
            if (moveWithinShard(target)) {
                return;
            }
            waiting = unregister();
        }
        deadlineNanos = target;
        setStateRelease(IDLE);
        if (waiting == null) {
            return;
        }
        long now = driver.clock().nanos();
        if (target <= now) {
            setStateRelease(FIRED);
            WakeList.wake(waiting);
        } else if (!register(waiting, now)) {
            setStateRelease(CLOSED);
            WakeList.wake(waiting);
        }
    }

    private boolean moveWithinShard(long targetNanos) {
        var home = driver.shard(homeShard());
        long now = driver.clock().nanos();
        return home == shard
                && targetNanos > now
                && settle(home, home.move(this, targetNanos, now));
    }

    final void giveUp() {
        switch (stateAcquire()) {
            case DONE -> {
                return; // nothing to give up
            }
            case REGISTERED -> unregister();
            default -> {}
        }
        setStateRelease(CANCELLED);
    }

    private boolean register(Waker toWake, long nowNanos) {
        var home = driver.shard(homeShard());
        shard = home;
        return settle(home, home.insert(this, toWake, nowNanos));
    }

    private boolean settle(TimerShard home, Placed placed) {
        return switch (placed) {
            case LATER -> true;
            case EARLIEST -> {
                driver.nextCameNearer(home);
                yield true;
            }
            case REFUSED -> false;
        };
    }

    private @Nullable Waker unregister() {
        var registeredIn = shard;
        assert registeredIn != null;
        return registeredIn.remove(this);
    }

    final void registeredLocked(Waker toWake) {
        waker = toWake;
        setStateRelease(REGISTERED);
    }

    final boolean isRegisteredLocked() {
        return waker != null;
    }

    final @Nullable Waker unregisteredLocked() {
        var taken = waker;
        waker = null;
        return taken;
    }

    final boolean replaceWakerLocked(Waker toWake) {
        if (waker == null) {
            return false;
        }
        waker = toWake;
        return true;
    }

    final Waker firedLocked(boolean closing) {
        var taken = waker;
        assert taken != null;
        waker = null;
        setStateRelease(closing ? CLOSED : FIRED);
        return taken;
    }

    private int stateAcquire() {
        return (int) STATE.getAcquire(this);
    }

    private void setStateRelease(int newState) {
        STATE.setRelease(this, newState);
    }
}
