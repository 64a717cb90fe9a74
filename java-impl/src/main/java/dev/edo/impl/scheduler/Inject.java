package dev.edo.impl.scheduler;

import dev.edo.internal.LeadingPad;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The queue that a scheduler's threads share, for tasks that are scheduled from outside or overflow.
 *
 * <p>Algorithm: a linked queue of intrusive nodes after Vyukov. A producer swaps itself in as the tail, then
 * links its predecessor to itself: two steps, never waiting for anybody, so that it may be called from a virtual
 * thread that is pinned. Consumers take turns by a try-lock; who does not get it goes away empty-handed.
 *
 * <p>Invariants: the size is raised after the link is in place and lowered by the consumer when its turn ends, so a
 * push that has returned is counted until whoever takes it has put it elsewhere. A consumer that meets a node whose
 * link is missing (its producer is between the two steps) waits a few turns and then goes away; that producer has still
 * to call the scheduler's notify, so no wake-up is lost.
 *
 * <p>For the metrics pushes are counted in the same word, with the same atomic add. It has the lower 32 bits of that
 * count, and consumers, who come by more often than every 2^31 pushes, make 64 of them.
 *
 * <p>Shutdown: {@link #close()} makes later pushes fail; the last worker drains. A push that overlapped with that
 * drains once more, so that nothing stays behind.
 *
 * <p>Origin: Tokio's {@code scheduler/inject}, which takes a mutex. Here the push must not block, because the JDK
 * calls it with a pinned continuation.
 */
public final class Inject extends LeadingPad {
    private static final VarHandle TAIL;
    private static final VarHandle NEXT;
    private static final VarHandle COUNTS;
    private static final int LINK_SPINS = 64;
    private static final long ONE_PUSHED = 1L << 32;

    static {
        try {
            var lookup = MethodHandles.lookup();
            TAIL = lookup.findVarHandle(Inject.class, "tail", Schedulable.class);
            NEXT = lookup.findVarHandle(Schedulable.class, "queueNext", Schedulable.class);
            COUNTS = lookup.findVarHandle(Inject.class, "counts", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Schedulable stub = new Stub();

    /** An object of its own: what consumers write is in other cache lines than what producers write. */
    private final InjectHead head = new InjectHead(stub);

    private volatile Schedulable tail = stub;

    /** Lower half: how many there are. Upper half: how many came from outside, modulo 2^32. */
    private volatile long counts;

    private volatile boolean closed;

    /** A node that is never run; it keeps the list from being empty. */
    private static final class Stub extends Schedulable {
        @Override
        public int run(ThreadContext context, int budget) {
            throw new AssertionError("the stub of the inject queue was run");
        }
    }

    /** Appends one; false when closed, and the caller drops it. */
    public boolean push(Schedulable task) {
        return append(task, task, ONE_PUSHED + 1);
    }

    /** Appends a chain, linked with {@link #chain}, each of which counts as pushed by itself; false when closed. */
    boolean pushAll(Schedulable first, Schedulable last, int count) {
        return append(first, last, count * (ONE_PUSHED + 1));
    }

    /** Appends such a chain of what does not come from outside; false when closed. */
    public boolean pushBatch(Schedulable first, Schedulable last, int count) {
        return append(first, last, count);
    }

    private boolean append(Schedulable first, Schedulable last, long counted) {
        if (closed) {
            return false;
        }
        link(first, last);
        COUNTS.getAndAdd(this, counted);
        return true;
    }

    /** Links two nodes of a chain that is not in a queue yet. */
    public static void chain(Schedulable node, Schedulable next) {
        node.queueNext = next;
    }

    /** Drops a chain that was refused. */
    static void dropChain(Schedulable first, Schedulable last) {
        for (var task = first; ; ) {
            var following = task.queueNext;
            task.queueNext = null;
            task.drop();
            if (task == last || following == null) {
                return;
            }
            task = following;
        }
    }

    private void link(Schedulable first, Schedulable last) {
        last.queueNext = null;
        var before = (Schedulable) TAIL.getAndSet(this, last);
        NEXT.setRelease(before, first); // pairs with nextAcquire of the consumer
    }

    /** Takes the oldest; null when there is none or another thread is taking. */
    public @Nullable Schedulable pop() {
        if (difference() == 0 || !head.tryLock()) {
            return null;
        }
        int taken = 0;
        try {
            var task = popLocked();
            if (task != null) {
                taken = 1;
            }
            return task;
        } finally {
            unlock(taken);
        }
    }

    /**
     * Takes up to a number of tasks at once.
     *
     * @param sink gets all but the first, in order
     * @return the first, or null when there is none or another thread is taking
     */
    public @Nullable Schedulable popBatch(int most, Sink sink) {
        if (difference() == 0 || !head.tryLock()) {
            return null;
        }
        int taken = 0;
        try {
            var first = popLocked();
            if (first == null) {
                return null;
            }
            taken = 1;
            while (taken < most) {
                var next = popLocked();
                if (next == null) {
                    break;
                }
                taken++;
                sink.accept(next);
            }
            return first;
        } finally {
            unlock(taken);
        }
    }

    /** Where {@link #popBatch} puts what it took. */
    @FunctionalInterface
    public interface Sink {
        void accept(Schedulable task);
    }

    /** Counts all at once, because each who pushes writes that word as well. */
    private void unlock(int taken) {
        if (taken != 0) {
            long before = (long) COUNTS.getAndAdd(this, (long) -taken);
            head.pushed(pushedUntil(head.pushed(), before));
        }
        head.unlock();
    }

    private @Nullable Schedulable popLocked() {
        var node = head.node;
        var next = nextAcquire(node);
        if (node == stub) {
            if (next == null) {
                return null;
            }
            head.node = node = next;
            next = nextAcquire(node);
        }
        if (next == null) {
            if (node == tail) {
                link(stub, stub); // keeps the list from being empty once node is gone
            }
            next = awaitLink(node);
            if (next == null) {
                return null;
            }
        }
        head.node = next;
        node.queueNext = null;
        return node;
    }

    private static @Nullable Schedulable awaitLink(Schedulable node) {
        for (int i = 0; i < LINK_SPINS; i++) {
            var next = nextAcquire(node);
            if (next != null) {
                return next;
            }
            Thread.onSpinWait();
        }
        return null;
    }

    private static @Nullable Schedulable nextAcquire(Schedulable node) {
        return (Schedulable) NEXT.getAcquire(node);
    }

    /** How many there are; a push counts once it returned. */
    public int size() {
        return Math.max(0, difference());
    }

    public boolean isEmpty() {
        return difference() <= 0;
    }

    /** How many there are, less than none where what a push is about to count has been taken already. */
    private int difference() {
        return (int) counts;
    }

    /** How many ever came from outside. */
    public long pushedCount() {
        return pushedUntil(head.pushed(), counts);
    }

    /** The count of pushes at some earlier time, brought forward to that of a word. */
    static long pushedUntil(long earlier, long counts) {
        int pushes = (int) (counts - (int) counts >>> 32);
        return earlier + (pushes - (int) earlier);
    }

    /** Makes later pushes fail; true for the caller that closed it. */
    public synchronized boolean close() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    /** Drops what is left, where it is closed; for who pushed while it was being closed, and who closed it. */
    public void dropAllIfClosed() {
        while (closed && !isEmpty()) {
            var task = pop();
            if (task != null) {
                task.drop();
            }
        }
    }

    public boolean isClosed() {
        return closed;
    }
}
