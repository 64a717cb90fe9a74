package dev.edo.sync;

import dev.edo.internal.SpinLock;
import dev.edo.internal.WakeFailure;
import org.jspecify.annotations.Nullable;

/**
 * A {@link CancellationToken}'s place in the tree.
 *
 * <p>Algorithm: a node has its children in a list whose links are in the children. Cancelling marks
 * the node and then empties its list from the front: each child is marked, and <em>its</em>
 * children are appended to the same list, in constant time. So the work is a loop however deep the
 * tree is, and a lock is held for one child at a time. Who meets a child that somebody else has
 * marked already helps to empty that one's list before going on, and who cancels a node that was
 * marked from above helps there: when {@code cancel} returns, every descendant is marked, whoever
 * did it. Closing a node hands its children to its parent, a few in each turn of the locks.
 *
 * <p>Invariants:
 * <ul>
 * <li>{@code first}, {@code last}, {@code cancelled} and {@code closed} are written under the
 * node's own lock; a node's links, and {@code parent}, under the lock of the node in whose list it
 * is.
 * <li>No child enters the list of a cancelled or closed node. The list of a cancelled node is
 * frozen: only who cancels takes children out, from the front; they do not leave by themselves. The
 * {@code parent} of a child that was marked from above becomes the node in whose list it was.
 * <li>A cancelled node has only cancelled descendants, but for those in its list, and in that of
 * the cancelled parents above it.
 * <li>Locks are taken from older to younger nodes, at most two; a parent is older than its
 * children.
 * </ul>
 *
 * <p>Origin: {@code cancellation_token/tree_node.rs} of tokio-util. There a token keeps its lock
 * while it cancels all its descendants; and where the last handle of a token is dropped it leaves
 * the tree, which is {@link #close} here. Unlike there, a cancelled node leaves its parent at once.
 */
final class TokenNode extends SpinLock {
    private static final int MOVED_PER_TURN = 32;

    /** Whoever waits for this node to be cancelled. */
    final WaiterGroup waiters = new WaiterGroup();

    private volatile boolean cancelled;
    private boolean closed;
    private @Nullable TokenNode first;
    private @Nullable TokenNode last;

    private volatile @Nullable TokenNode parent;
    private @Nullable TokenNode previous;
    private @Nullable TokenNode next;

    boolean isCancelled() {
        return cancelled;
    }

    /** A node that is cancelled with this one; a cancelled one, where this is cancelled already. */
    TokenNode child() {
        var child = new TokenNode();
        lock();
        boolean refused = closed;
        if (cancelled) {
            child.cancelled = true;
        } else if (!refused) {
            child.parent = this;
            add(child);
        }
        unlock();
        if (refused) {
            throw new IllegalStateException("the token is closed and can have no child; close it when nobody"
                    + " derives tokens from it any more");
        }
        return child;
    }

    /** Marks this node and all its descendants, and wakes whoever waits for them. Idempotent. */
    void cancel() {
        lock();
        boolean marked = !cancelled;
        cancelled = true;
        unlock();
        var failure = marked ? waiters.wakeAll(null) : null;
        failure = cancelDescendants(failure);
        if (marked) {
            leaveParent();
        } else {
            failure = helpAncestors(failure);
        }
        WakeFailure.raise(failure);
    }

    // Who marked this node from above has its children in the list of the node from which it came.
    private @Nullable Throwable helpAncestors(@Nullable Throwable failure) {
        var thrown = failure;
        for (var above = parent; above != null && above.cancelled; above = above.parent) {
            thrown = above.cancelDescendants(thrown);
        }
        return thrown;
    }

    // Recursive only where several threads cancel a node and an ancestor of it at the same time: never
    // deeper than there are such threads.
    private @Nullable Throwable cancelDescendants(@Nullable Throwable failure) {
        var thrown = failure;
        while (true) {
            lock();
            var child = first;
            if (child == null) {
                unlock();
                return thrown;
            }
            child.lockSecond();
            boolean marked = !child.cancelled;
            if (marked) {
                child.cancelled = true;
                removeFirst().parent = this;
                adoptAll(child);
            }
            child.unlock();
            unlock();
            if (marked) {
                thrown = child.waiters.wakeAll(thrown);
            } else {
                thrown = child.cancelDescendants(thrown);
                lock();
                if (first == child) {
                    removeFirst().parent = null;
                }
                unlock();
            }
        }
    }

    private void leaveParent() {
        for (var above = parent; above != null; above = parent) {
            above.lock();
            if (parent == above) {
                if (!above.cancelled) {
                    above.remove(this);
                }
                parent = null;
            }
            above.unlock();
        }
    }

    /** Leaves the tree; the children go to the parent, if there is one. Idempotent. */
    void close() {
        lock();
        boolean again = closed;
        closed = true;
        unlock();
        boolean left = again;
        while (!left) {
            var above = parent;
            if (above == null) {
                left = releaseChildren();
            } else {
                above.lock();
                left = parent == above && (above.cancelled || moveChildren(above));
                above.unlock();
            }
        }
    }

    /** With the parent's lock: moves some children. Returns whether there is nothing left to do. */
    private boolean moveChildren(TokenNode above) {
        lockSecond();
        for (int moved = 0; !cancelled && moved < MOVED_PER_TURN && first != null; moved++) {
            var child = removeFirst();
            child.parent = above;
            above.add(child);
        }
        boolean moveOn = !cancelled && first != null;
        if (!cancelled && first == null) {
            above.remove(this);
            parent = null;
        }
        unlock();
        return !moveOn;
    }

    /**
     * Of a node without a parent: lets some children go. Returns whether there is nothing left to
     * do.
     */
    private boolean releaseChildren() {
        lock();
        for (int released = 0; !cancelled && released < MOVED_PER_TURN && first != null; released++) {
            removeFirst().parent = null;
        }
        boolean done = cancelled || first == null;
        unlock();
        return done;
    }

    /** Whether no other node refers to this one, and nobody waits. */
    boolean isAlone() {
        lock();
        var above = parent;
        boolean alone = first == null && (above == null || above.cancelled) && waiters.isEmpty();
        unlock();
        return alone;
    }

    private void add(TokenNode child) {
        var tail = last;
        child.previous = tail;
        if (tail == null) {
            first = child;
        } else {
            tail.next = child;
        }
        last = child;
    }

    private void adoptAll(TokenNode other) {
        var head = other.first;
        if (head == null) {
            return;
        }
        var tail = last;
        head.previous = tail;
        if (tail == null) {
            first = head;
        } else {
            tail.next = head;
        }
        last = other.last;
        other.first = null;
        other.last = null;
    }

    private TokenNode removeFirst() {
        var child = first;
        if (child == null) {
            throw new AssertionError("the list is empty");
        }
        remove(child);
        return child;
    }

    private void remove(TokenNode child) {
        var before = child.previous;
        var after = child.next;
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
        child.previous = null;
        child.next = null;
    }
}
