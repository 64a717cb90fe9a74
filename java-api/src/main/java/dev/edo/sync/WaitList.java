package dev.edo.sync;

import dev.edo.internal.SpinLock;
import org.jspecify.annotations.Nullable;

/**
 * A queue of waiters that are their own nodes, and the lock that guards it. Whoever calls a method
 * holds the lock.
 *
 * <p>Invariants: {@code first} is the oldest. Each step is a handful of writes, so that any waiter
 * leaves in constant time.
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
        return last;
    }

    /** Enters as the youngest. */
    void add(Waiter waiter) {
        var tail = last;
        waiter.previous = tail;
        if (tail == null) {
            first = waiter;
        } else {
            tail.next = waiter;
        }
        last = waiter;
    }

    /** Takes out a waiter that is in this list. */
    void remove(Waiter waiter) {
        var before = waiter.previous;
        var after = waiter.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
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
