package dev.edo.task;

import dev.edo.future.Waker;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a set that have ended and were not taken yet: any number of threads push, one owner
 * takes them out in the order of their ends.
 *
 * <p>Algorithm: a stack to which a producer links its node by compare-and-set. The owner takes the
 * whole stack at once, turns it round and keeps it for the calls to come, so that each node is
 * touched twice in its life, whatever the size of the set.
 *
 * <p>Protocol: the owner stores its waker and then looks at the stack; a producer links its node
 * and then reads the waker; all volatile, so one of them sees the other. Only the producer that
 * found the stack empty wakes: with more nodes below its own, whoever pushed the lowest has done
 * so, or the owner will see it.
 *
 * <p>Invariants: a node is pushed once per {@link Node#claim}. {@code next} belongs to the producer
 * until the node is linked, and to the owner from then on.
 *
 * <p>Origin: the notified list of Tokio's {@code util/idle_notified_set.rs}, without its mutex.
 *
 * @param <N> the type of the nodes
 */
final class ReadyList<N extends ReadyList.Node> {
    private static final VarHandle PUSHED;
    private static final VarHandle WAKER;

    static {
        try {
            var lookup = MethodHandles.lookup();
            PUSHED = lookup.findVarHandle(ReadyList.class, "pushed", Node.class);
            WAKER = lookup.findVarHandle(ReadyList.class, "waker", Waker.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** What is in the list; carries its own link. */
    abstract static class Node {
        private static final VarHandle CLAIMED;

        static {
            try {
                CLAIMED = MethodHandles.lookup().findVarHandle(Node.class, "claimed", boolean.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private @Nullable Node next;

        @SuppressWarnings("FieldMayBeFinal") // written through CLAIMED
        private volatile boolean claimed;

        /** The right to push this node; true for the one caller that gets it. */
        final boolean claim() {
            return !claimed && CLAIMED.compareAndSet(this, false, true);
        }

        /** Lets the node be pushed again; called by the owner, who has taken it out. */
        final void unclaim() {
            claimed = false;
        }
    }

    private volatile @Nullable Node pushed;
    private volatile @Nullable Waker waker;

    /** The owner's: taken out of the stack, oldest first. */
    private @Nullable Node taken;

    /** Adds a node that the caller has claimed, and wakes the owner; from any thread. */
    void push(N node) {
        Node below;
        do {
            below = pushed;
            ((Node) node).next = below;
        } while (!PUSHED.compareAndSet(this, below, node));
        if (below == null) {
            var owner = waker;
            if (owner != null) {
                owner.wake();
            }
        }
    }

    /** Takes the oldest node out, or returns null; the owner's. */
    @SuppressWarnings("unchecked") // only nodes of the type are pushed
    @Nullable N pop() {
        var first = taken;
        if (first == null) {
            first = pushed == null ? null : oldestFirst((Node) PUSHED.getAndSet(this, (Node) null));
            if (first == null) {
                return null;
            }
        }
        taken = first.next;
        first.next = null;
        return (N) first;
    }

    private static @Nullable Node oldestFirst(@Nullable Node newest) {
        Node done = null;
        for (var node = newest; node != null; ) {
            var next = node.next;
            node.next = done;
            done = node;
            node = next;
        }
        return done;
    }

    /**
     * Drops the nodes that are not wanted any more and keeps the others in their order; the owner's.
     *
     * @param wanted which to keep
     */
    void retain(Predicate<? super N> wanted) {
        Node first = null;
        Node last = null;
        for (var node = pop(); node != null; node = pop()) {
            if (wanted.test(node)) {
                if (last == null) {
                    first = node;
                } else {
                    last.next = node;
                }
                last = node;
            }
        }
        taken = first; // pop() has left nothing there
    }

    /** Has the owner woken by the next push; the owner looks once more before it waits. */
    void register(Waker owner) {
        if (waker != owner) {
            waker = owner;
        }
    }

    /** The owner waits no more, unless another waker was registered since; from any thread. */
    void forget(Waker owner) {
        WAKER.compareAndSet(this, owner, null);
    }
}
