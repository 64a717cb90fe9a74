package dev.edo.sync;

import dev.edo.future.Waker;
import dev.edo.internal.WakeFailure;
import org.jspecify.annotations.Nullable;

/**
 * Waiters that are only ever woken all together.
 *
 * <p>Algorithm: whoever waits enters the list and <em>then</em> looks whether what it waits for is
 * there; whoever brings it about writes that first and <em>then</em> calls {@link #wakeAll}. Waking
 * takes the whole list in constant time, begins a new {@code round}, and calls the wakers without
 * the lock. A waiter of an earlier round is in no list any more; so a round tells whether there is
 * something to take out, and nobody goes through the waiters with the lock in hand.
 *
 * <p>Ordering: {@code occupied} is written before the waiter's second look and read after the
 * waking side's write, all of them volatile: either the waiter sees what was written, or it is
 * found here. With nobody here, waking costs one read.
 *
 * <p>Origin: {@code notify_waiters} of Tokio's {@code sync/notify.rs}, where the list is taken
 * apart in batches of 32 because its nodes belong to futures that may be freed meanwhile. Here a
 * node outlives its future.
 */
final class WaiterGroup {
    private final WaitList list = new WaitList();
    /** Guarded by the list's lock. */
    private long round;
    /** Whether somebody is in the list; written under its lock, read without it. */
    private volatile boolean occupied;

    /** Lets a waiter in that is new. The caller looks again at what it waits for. */
    void enter(GroupWaiter waiter, Waker waker) {
        waiter.waker = waker;
        list.lock();
        waiter.round = round;
        list.add(waiter);
        if (!occupied) {
            occupied = true;
        }
        list.unlock();
    }

    /**
     * Sees to it that another waker is called.
     *
     * @return false if the waiter has been taken out to be woken: the old waker is called then, or
     *     was
     */
    boolean replaceWaker(GroupWaiter waiter, Waker waker) {
        list.lock();
        boolean waiting = waiter.round == round;
        if (waiting) {
            waiter.waker = waker;
        }
        list.unlock();
        return waiting;
    }

    /** Takes a waiter out, if nobody did. */
    void leave(GroupWaiter waiter) {
        list.lock();
        if (waiter.round == round && waiter.waker != null) {
            list.remove(waiter);
            waiter.waker = null;
            if (list.isEmpty()) {
                occupied = false;
            }
        }
        list.unlock();
    }

    /**
     * Wakes all who are here now, the oldest first.
     *
     * @param failure what other wakers threw before
     * @return that, or what wakers threw now, for {@link WakeFailure#raise}
     */
    @Nullable Throwable wakeAll(@Nullable Throwable failure) {
        return Waiter.wakeChain(takeBefore(null), failure);
    }

    /**
     * Takes out all who are here now, for {@link Waiter#wakeChain}.
     *
     * @param following the first of a chain that is to be woken after them
     * @return the first of both
     */
    @Nullable Waiter takeBefore(@Nullable Waiter following) {
        if (!occupied) {
            return following;
        }
        list.lock();
        round++;
        var youngest = list.last();
        var chain = list.takeAll();
        occupied = false;
        list.unlock();
        if (youngest == null) {
            return following;
        }
        youngest.next = following;
        return chain;
    }

    /** {@return whether nobody is here} */
    boolean isEmpty() {
        return !occupied;
    }
}
