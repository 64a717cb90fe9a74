package dev.edo.task;

import dev.edo.future.Waker;
import dev.edo.internal.LinkedWaits;
import dev.edo.internal.WakeFailure;
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
    private final LinkedWaits<TrackerWait> waits = new LinkedWaits<>();
    private volatile int round;

    int round() {
        return round;
    }

    /** Enters a wait, or gives the one that is there another waker. */
    void add(TrackerWait wait, Waker waker) {
        waits.lock();
        waits.add(wait, waker);
        waits.unlock();
    }

    /** Takes a wait off; does nothing when it is not on the list. */
    void remove(TrackerWait wait) {
        waits.lock();
        var unused = waits.remove(wait);
        waits.unlock();
    }

    /** Ends a round: everybody who waits now is woken, also behind a waker that breaks its contract and throws. */
    void wakeAll() {
        @Nullable Throwable failure = null;
        for (var waker : takeAll()) {
            failure = WakeFailure.wake(waker, failure);
        }
        WakeFailure.raise(failure);
    }

    private Iterable<Waker> takeAll() {
        var wakers = new ArrayList<Waker>();
        waits.lock();
        try {
            round++; // every writer holds the lock
            for (var wait = waits.first(); wait != null; wait = waits.first()) {
                var waker = waits.remove(wait);
                if (waker != null) {
                    wakers.add(waker);
                }
            }
        } finally {
            waits.unlock();
        }
        return wakers;
    }
}
