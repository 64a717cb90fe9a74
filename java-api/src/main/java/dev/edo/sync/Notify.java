package dev.edo.sync;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Waker;
import dev.edo.internal.WakeFailure;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Tells one task, or all that wait, that something happened; carries no value.
 *
 * <p>{@link #notifyOne()} is kept where nobody waits: the next wait is over at once. So a consumer
 * that looks, finds nothing, and then waits, loses nothing:
 *
 * <pre>{@code
 * // producer
 * queue.add(item);
 * notify.notifyOne();
 *
 * // the one consumer
 * while (true) {
 *     for (Item item; (item = queue.poll()) != null; ) {
 *         process(item);
 *     }
 *     notify.notified().await();
 * }
 * }</pre>
 *
 * <p>{@link #notifyWaiters()} is not kept, but reaches every {@link Notified} that was made before,
 * polled or not. So make the future first, look then, and wait last:
 *
 * <pre>{@code
 * while (true) {
 *     var change = notify.notified();
 *     if (condition()) {
 *         change.cancel();
 *         return;
 *     }
 *     change.await();
 * }
 * }</pre>
 *
 * <p>Where several wait for what {@code notifyOne} announces, use {@link Notified#enable()} before
 * looking: it takes the place in the queue.
 *
 * <p><em>Ordering:</em> what was done before a notification is seen by who receives it.
 *
 * <p>Algorithm: one word.
 *
 * <pre>
 *  63 ........................... 2 1 ... 0
 * +--------------------------------+-------+
 * |     calls of notifyWaiters     | state |   0 EMPTY, 1 WAITING: the list is not empty,
 * +--------------------------------+-------+   2 NOTIFIED: one notification is kept
 * </pre>
 *
 * <p>EMPTY and NOTIFIED change into each other without the lock; into and out of WAITING, and of
 * the number, only under it. {@code notifyOne} takes a waiter out and marks it.
 * {@code notifyWaiters} raises the number and lets go of the whole list: every future remembers the
 * number it was made with, and a different one means notified. So it is one step for all, however
 * many, and the waiters it has let go of are never looked for in a list again.
 *
 * <p>A notification that finds one kept writes nothing, so that a producer that calls often leaves the
 * word to the consumer. It passes a full fence and looks again; the consumer passes one after it has
 * taken what is kept. If the producer's comes first, the consumer sees what was done before the
 * call; else the producer sees that the notification was taken, and keeps another.
 *
 * <p>Origin: Tokio's {@code sync/notify.rs}, which walks the list under the lock, in portions.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/sync/struct.Notify.html">tokio::sync::Notify</a>
 */
public final class Notify {
    private static final int STATE_MASK = 3;
    private static final int EMPTY = 0;
    private static final int WAITING = 1;
    private static final int NOTIFIED = 2;
    private static final int CALLS_SHIFT = 2;
    private static final long ONE_CALL = 1L << CALLS_SHIFT;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Notify.class, "state", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
        linkCallSites();
    }

    private final WaitList waiters = new WaitList();

    private volatile long state;

    /** One that nobody has notified yet. */
    public Notify() {}

    /** Runs all that runs under the lock once, because linking may park, which it must not do there. */
    private static void linkCallSites() {
        var notify = new Notify();
        var first = notify.notified();
        first.enable();
        first.enable();
        notify.notifyOne();
        first.cancel();
        notify.notifyWaiters();
        notify.notified().enable();
        notify.notified().enable();
        notify.notifyWaiters();
    }

    /**
     * A wait for the next notification. It is reached by every {@link #notifyWaiters()} from now
     * on, and by {@link #notifyOne()} once it is polled or enabled.
     *
     * <p><em>Cancel safety:</em> cancelling leaves the queue, and hands a notification on that was
     * received but not seen.
     *
     * @return the future of the notification
     */
    @CheckReturnValue
    public Notified notified() {
        return new Notified(this, calls(state));
    }

    /**
     * Notifies whoever waits longest; where nobody waits, whoever waits next. Only one notification
     * is kept.
     */
    public void notifyOne() {
        notifyOne(Notified.FIRST);
    }

    /**
     * Notifies whoever waits shortest; where nobody waits, whoever waits next. Only one
     * notification is kept.
     */
    public void notifyLast() {
        notifyOne(Notified.LAST);
    }

    /**
     * Notifies every {@link Notified} that was made before and is not notified yet. Nothing is kept
     * for later, and a notification that is kept stays.
     */
    public void notifyWaiters() {
        waiters.lock();
        @Nullable Waiter chain = null;
        long word = state;
        if (stateOf(word) == WAITING) {
            STATE.setVolatile(this, withState(word, EMPTY) + ONE_CALL);
            chain = waiters.takeAll();
        } else {
            STATE.getAndAdd(this, ONE_CALL);
        }
        waiters.unlock();
        WakeFailure.raise(Waiter.wakeChain(chain, null));
    }

    private void notifyOne(int which) {
        if (keep()) {
            return;
        }
        waiters.lock();
        wakeAndUnlock(notifyLocked(which));
    }

    /** Keeps a notification, unless somebody waits. */
    private boolean keep() {
        while (true) {
            long word = state;
            if (stateOf(word) == WAITING) {
                return false;
            }
            if (stateOf(word) == NOTIFIED) {
                VarHandle.fullFence(); // for the one in receive
                if (stateOf(state) == NOTIFIED) {
                    return true;
                }
            } else if (STATE.compareAndSet(this, word, withState(word, NOTIFIED))) {
                return true;
            }
        }
    }

    /** Under the lock. */
    private @Nullable Waker notifyLocked(int which) {
        if (keep()) {
            return null;
        }
        var chosen = which == Notified.FIRST ? waiters.first() : waiters.last();
        if (!(chosen instanceof Notified waiter)) {
            throw new AssertionError("waiting, but nobody waits");
        }
        leaveLocked(waiter);
        var waker = waiter.waker;
        waiter.waker = null;
        waiter.mark(which);
        return waker;
    }

    private void wakeAndUnlock(@Nullable Waker waker) {
        waiters.unlock();
        if (waker != null) {
            waker.wake();
        }
    }

    /** Under the lock. */
    private void leaveLocked(Notified waiter) {
        waiters.remove(waiter);
        if (waiters.isEmpty()) {
            long word = state;
            STATE.setRelease(this, withState(word, EMPTY)); // who reads an old WAITING takes the lock and looks again
        }
    }

    /** {@return how often {@link #notifyWaiters} was called} */
    long calls() {
        return calls(state);
    }

    /** The first poll of a waiter: true if it is notified, else it has entered the list with its waker. */
    boolean receiveOrWait(Notified waiter) {
        if (receive(waiter)) {
            return true;
        }
        waiters.lock();
        boolean received;
        while (!(received = receive(waiter))) {
            long word = state;
            if (stateOf(word) == WAITING
                    || (stateOf(word) == EMPTY
                            && STATE.compareAndSet(this, word, withState(word, WAITING)))) {
                waiters.add(waiter);
                break;
            }
        }
        waiters.unlock();
        return received;
    }

    /** Whether a waiter that never stood in the list is notified; if so by what is kept, takes it. */
    private boolean receive(Notified waiter) {
        while (true) {
            long word = state;
            if (calls(word) != waiter.madeAtCall()) {
                return true; // and what is kept is for somebody else
            }
            if (stateOf(word) != NOTIFIED) {
                return false;
            }
            if (STATE.compareAndSet(this, word, withState(word, EMPTY))) {
                VarHandle.fullFence(); // for the one in keep
                return true;
            }
        }
    }

    /** A later poll, with the waker if there is one: true if it is notified. */
    boolean pollQueued(Notified waiter, @Nullable Waker waker) {
        waiters.lock();
        boolean received = waiter.isNotified();
        if (!received && waker != null) {
            waiter.waker = waker;
        }
        waiters.unlock();
        return received;
    }

    /** A waiter leaves. Hands on what {@code notifyOne} gave it. */
    void leave(Notified waiter) {
        waiters.lock();
        int mark = waiter.notification();
        if (mark != Notified.NONE) {
            wakeAndUnlock(notifyLocked(mark));
            return;
        }
        if (calls() == waiter.madeAtCall()) {
            leaveLocked(waiter);
            waiter.waker = null;
        }
        waiters.unlock();
    }

    private static int stateOf(long word) {
        return (int) word & STATE_MASK;
    }

    private static long withState(long word, int next) {
        return (word & ~(long) STATE_MASK) | next;
    }

    private static long calls(long word) {
        return word >>> CALLS_SHIFT;
    }

    @Override
    public String toString() {
        return switch (stateOf(state)) {
            case EMPTY -> "Notify[empty]";
            case WAITING -> "Notify[waiting]";
            default -> "Notify[notified]";
        };
    }
}
