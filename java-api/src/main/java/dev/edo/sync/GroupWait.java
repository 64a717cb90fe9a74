package dev.edo.sync;

import dev.edo.future.Waker;
import org.jspecify.annotations.Nullable;

/**
 * What futures that wait in a {@link WaiterGroup} extend. Such a future is itself the node of its
 * first wait there. A later wait needs another node: somebody may still be busy with the old one.
 *
 * <p>Invariants: {@code waiting} is the poller's, and the last node that entered {@code group}.
 */
abstract class GroupWait extends GroupWaiter {
    private @Nullable WaiterGroup group;
    private @Nullable GroupWaiter waiting;

    /**
     * Registers a waker.
     *
     * @param where in which group; the same in each wait of this future
     * @param waker the one of this poll
     * @return whether this entered just now, so that the caller must look again before it returns
     *     pending
     */
    final boolean waitIn(WaiterGroup where, Waker waker) {
        var node = waiting;
        // A node that was taken out with this very waker gets its wake-up yet. One that had it has no waker.
        if (node != null && (node.waker == waker || where.replaceWaker(node, waker))) {
            return false;
        }
        group = where;
        waiting = node == null ? this : new GroupWaiter();
        where.enter(waiting, waker);
        return true;
    }

    /** Takes this out of the group, where it is still in it; called at the end. Idempotent. */
    final void leave() {
        var node = waiting;
        if (node != null && group != null && node.waker != null) {
            group.leave(node);
        }
        waiting = null;
    }
}
