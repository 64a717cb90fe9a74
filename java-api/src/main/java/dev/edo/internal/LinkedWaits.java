package dev.edo.internal;

import dev.edo.future.Waker;
import org.jspecify.annotations.Nullable;

/**
 * Waits that are their own nodes, in a list, and the lock that guards it; any of them enters and leaves in constant
 * time. Whoever calls a method of the list holds the lock.
 *
 * <p>Invariants: the youngest wait is the first. Those that are in here have a waker.
 *
 * @param <W> the type of the waits
 */
public final class LinkedWaits<W extends LinkedWait<W>> extends SpinLock {
    private @Nullable W first;

    /** An empty list. */
    public LinkedWaits() {}

    /** {@return the youngest wait, or null where there is none} */
    public @Nullable W first() {
        return first;
    }

    /** Enters a wait, or gives the one that is in here another waker. */
    public void add(W wait, Waker waker) {
        if (wait.waker == null) {
            var next = first;
            wait.next = next;
            if (next != null) {
                next.previous = wait;
            }
            first = wait;
        }
        wait.waker = waker;
    }

    /**
     * Takes a wait out.
     *
     * @return its waker; null where it was not in here
     */
    public @Nullable Waker remove(W wait) {
        var waker = wait.waker;
        if (waker != null) {
            unlink(wait);
            wait.waker = null;
        }
        return waker;
    }

    private void unlink(W wait) {
        var previous = wait.previous;
        var next = wait.next;
        if (previous == null) {
            first = next;
        } else {
            previous.next = next;
        }
        if (next != null) {
            next.previous = previous;
        }
        wait.previous = null;
        wait.next = null;
    }
}
