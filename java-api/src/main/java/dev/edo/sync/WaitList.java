package dev.edo.sync;

import dev.edo.internal.SpinLock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A queue of waiters that are their own nodes, and the lock that guards it. Whoever calls a method
 * holds the lock.
 *
 * <p>Invariants: {@code first} is the oldest, {@code last} the youngest, or null where there are
 * fewer than two: so a lone waiter, the usual case, comes and goes by one write each here. The
 * {@code previous} of the first one means nothing; it is not written when another one leaves before
 * it, because it may be in another core's cache. Each step is a handful of writes, so that any
 * waiter leaves in constant time.
 *
 * <p>Origin: Tokio's {@code util/linked_list.rs} inside its mutex.
 */
final class WaitList extends SpinLock {
    private @Nullable Waiter first;
    private @Nullable Waiter last;

    boolean isEmpty() {
        return first == null;
    }

    @Nullable Waiter first() {
        return first;
    }

    @Nullable Waiter last() {
        return last == null ? first : last;
    }

    /** Enters as the youngest. */
    void add(Waiter waiter) {
        var tail = last();
        if (tail == null) {
            first = waiter;
        } else {
            waiter.previous = tail;
            tail.next = waiter;
            last = waiter;
        }
    }

    /** Takes out a waiter that is in this list. */
    void remove(Waiter waiter) {
        var after = waiter.next;
        if (waiter == first) {
            first = after;
            if (after == last) {
                last = null;
            }
        } else {
            var before = Objects.requireNonNull(waiter.previous);
            before.next = after;
            if (after != null) {
                after.previous = before;
            } else {
                last = before == first ? null : before;
            }
        }
        waiter.previous = null;
        waiter.next = null;
    }

    /**
     * Takes out all, as a chain of {@code next} fields from the oldest on, for
     * {@link Waiter#wakeChain}.
     *
     * @return the oldest
     */
    @Nullable Waiter takeAll() {
        var chain = first;
        first = null;
        last = null;
        return chain;
    }
}
