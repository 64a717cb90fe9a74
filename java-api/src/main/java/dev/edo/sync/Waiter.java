package dev.edo.sync;

import dev.edo.future.Waker;
import dev.edo.internal.BatchWaker;
import dev.edo.internal.FirstFailure;
import dev.edo.internal.WakeBatch;
import dev.edo.internal.WakeFailure;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a {@link WaitList}: a future, extended by its links and by whom to wake.
 *
 * <p>Invariants: while it is in a list, all fields here are written under that list's lock only.
 * Once it has been taken out to be woken, the links and the waker are the waking thread's, and the
 * future leaves them alone; so a chain of waiters can be woken after the lock was given back, and
 * needs no other memory. A waiter enters a list once in its life.
 */
abstract class Waiter {
    @Nullable Waiter previous;
    @Nullable Waiter next;
    @Nullable Waker waker;

    /**
     * Wakes a chain of waiters that has left its list, and takes it apart. Called without the lock.
     * A waker that throws keeps nobody else from being woken.
     *
     * @param first of the chain that the {@code next} fields make
     * @param failure what earlier wakers threw
     * @return that, or what wakers threw now, to be given to {@link WakeFailure#raise} when all work is done
     */
    static @Nullable Throwable wakeChain(@Nullable Waiter first, @Nullable Throwable failure) {
        @Nullable WakeBatch batch = null;
        var thrown = failure;
        var waiter = first;
        while (waiter != null) {
            var following = waiter.next;
            waiter.next = null;
            waiter.previous = null;
            var woken = waiter.waker;
            waiter.waker = null;
            if (woken instanceof BatchWaker task && (following != null || batch != null)) {
                try {
                    batch = task.wake(batch);
                } catch (Throwable e) {
                    thrown = FirstFailure.with(thrown, e);
                }
            } else if (woken != null) {
                thrown = WakeFailure.wake(woken, thrown);
            }
            waiter = following;
        }
        if (batch != null) {
            batch.end();
        }
        return thrown;
    }
}
