package dev.edo.task;

import dev.edo.future.Waker;
import dev.edo.internal.SpinLock;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait for a {@link TaskTracker}.
 *
 * <p>Protocol: a waiter enters the list and then looks at the tracker and the round; who empties
 * the tracker raises the round and then takes the list. Both under the lock or volatile, so one of
 * them sees the other.
 *
 * <p>Origin: Tokio's {@code Notify}, of which {@code TaskTracker} uses {@code notify_waiters} only.
 */
final class TrackerWaiters {
    private final SpinLock lock = new SpinLock();
    private @Nullable TrackerWait first;
    private volatile int round;

    int round() {
        return round;
    }

    /** Enters a waiter, or gives the one that is there another waker. */
    void add(TrackerWait waiter, Waker waker) {
        lock.lock();
        waiter.waker = waker;
        if (!waiter.listed) {
            waiter.listed = true;
            var next = first;
            waiter.next = next;
            if (next != null) {
                next.previous = waiter;
            }
            first = waiter;
        }
        lock.unlock();
    }

    /** Takes a waiter off; does nothing when it is not on the list. */
    void remove(TrackerWait waiter) {
        lock.lock();
        if (waiter.listed) {
            unlink(waiter);
        }
        lock.unlock();
    }

    private void unlink(TrackerWait waiter) {
        var previous = waiter.previous;
        var next = waiter.next;
        if (previous == null) {
            first = next;
        } else {
            previous.next = next;
        }
        if (next != null) {
            next.previous = previous;
        }
        waiter.listed = false;
        waiter.previous = null;
        waiter.next = null;
        waiter.waker = null;
    }

    /** Ends a round: everybody who waits now is woken, also behind a waker that breaks its contract and throws. */
    void wakeAll() {
        @Nullable Throwable failure = null;
        for (var waker : takeAll()) {
            try {
                waker.wake();
            } catch (Throwable e) {
                if (failure == null) {
                    failure = e;
                } else if (failure != e) {
                    failure.addSuppressed(e);
                }
            }
        }
        switch (failure) {
            case null -> {}
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            default -> throw new IllegalStateException("a waker threw a checked exception", failure);
        }
    }

    private Iterable<Waker> takeAll() {
        var wakers = new ArrayList<Waker>();
        lock.lock();
        try {
            round++; // every writer holds the lock
            for (var waiter = first; waiter != null; waiter = first) {
                var waker = waiter.waker;
                unlink(waiter);
                if (waker != null) {
                    wakers.add(waker);
                }
            }
        } finally {
            lock.unlock();
        }
        return wakers;
    }
}
