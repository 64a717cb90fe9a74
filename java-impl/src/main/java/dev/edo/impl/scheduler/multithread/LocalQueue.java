package dev.edo.impl.scheduler.multithread;

import dev.edo.impl.scheduler.Inject;
import dev.edo.impl.scheduler.Schedulable;
import dev.edo.internal.LeadingPad;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A worker's own run queue: a bounded ring that its owner fills and empties and others steal half of.
 *
 * <p>Algorithm: {@code head} packs two positions, <em>steal</em> in the upper and <em>real</em> in the lower half.
 * Normally they are equal. A thief moves <em>real</em> forward over the tasks it takes, copies them, and then moves
 * <em>steal</em> up to <em>real</em>; while they differ nobody else steals, and the owner does not write over the
 * slots from <em>steal</em> on. When the ring is full the owner moves half of it to the inject queue at once.
 *
 * <pre>
 *   head: | steal (32) | real (32) |      steal &lt;= real &lt;= tail &lt;= steal + capacity, all modulo 2^32
 * </pre>
 *
 * <p>Ordering: the owner's {@code setTailRelease} publishes a slot to a thief's {@code tailAcquire}; a thief's final
 * compare-and-set of head publishes that it is done with its slots to the owner's {@code headAcquire}.
 *
 * <p>Origin: Tokio's {@code multi_thread/queue.rs}. Slots are cleared when taken, so that the ring keeps nothing
 * alive.
 */
final class LocalQueue extends LeadingPad {
    static final int DEFAULT_CAPACITY = 256;

    private static final VarHandle HEAD;
    private static final VarHandle TAIL;

    static {
        try {
            var lookup = MethodHandles.lookup();
            HEAD = lookup.findVarHandle(LocalQueue.class, "head", long.class);
            TAIL = lookup.findVarHandle(LocalQueue.class, "tail", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final @Nullable Schedulable[] buffer;
    private final int mask;

    private volatile long head;

    @SuppressWarnings("FieldMayBeFinal") // written through TAIL
    private int tail;

    /** A ring of this many slots, a power of two from 4 on. */
    LocalQueue(int capacity) {
        if (capacity < 4 || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("queue capacity=" + capacity + "; want a power of two from 4 on");
        }
        buffer = new Schedulable[capacity];
        mask = capacity - 1;
    }

    // --- the owner

    /** Appends a task; a full ring moves half of itself to the inject queue, and the task behind that half. */
    void pushBack(Schedulable task, Inject overflow, WorkerStats stats) {
        int end = tail;
        for (;;) {
            long packed = headAcquire();
            if (end - steal(packed) < buffer.length) {
                buffer[end & mask] = task;
                setTailRelease(end + 1);
                return;
            }
            if (steal(packed) != real(packed)) {
                overflow.pushBatch(task, task, 1); // a thief is about to make room
                return;
            }
            if (moveHalf(task, packed, overflow)) {
                stats.overflows++;
                return;
            }
        }
    }

    private boolean moveHalf(Schedulable task, long packed, Inject overflow) {
        int count = buffer.length / 2;
        int from = real(packed);
        if (!casHead(packed, pack(from + count, from + count))) {
            return false; // a thief was faster, so there is room
        }
        var first = take(from);
        var last = first;
        for (int i = 1; i < count; i++) {
            var next = take(from + i);
            Inject.chain(last, next);
            last = next;
        }
        Inject.chain(last, task);
        overflow.pushBatch(first, task, count + 1);
        return true;
    }

    /** Takes the oldest task, or null. */
    @Nullable Schedulable pop() {
        for (;;) {
            long packed = headAcquire();
            int from = real(packed);
            if (from == tail) {
                return null;
            }
            long next = steal(packed) == from ? pack(from + 1, from + 1) : pack(steal(packed), from + 1);
            if (casHead(packed, next)) {
                return take(from);
            }
        }
    }

    boolean hasTasks() {
        return real(headAcquire()) != tail;
    }

    /** Where the next task will be that is appended. */
    int tailPosition() {
        return tail;
    }

    /** Whether all tasks before this position have left. */
    boolean isTakenUpTo(int position) {
        return real(headAcquire()) - position >= 0;
    }

    /** How many more tasks fit for certain. */
    int remainingSlots() {
        return buffer.length - (tail - steal(headAcquire()));
    }

    // --- thieves

    /**
     * Moves half of this queue to the end of another, whose owner calls.
     *
     * @return one of the stolen tasks, to be run now, or null
     */
    @Nullable Schedulable stealInto(LocalQueue thief, WorkerStats stats) {
        int end = thief.tail;
        if (end - steal(thief.headAcquire()) > thief.buffer.length / 2) {
            return null; // the thief has work, and others are stealing it
        }
        int count = stealInto(thief, end);
        if (count == 0) {
            return null;
        }
        stats.steals += count;
        stats.stealOperations++;
        count--;
        var task = thief.take(end + count);
        if (count > 0) {
            thief.setTailRelease(end + count);
        }
        return task;
    }

    private int stealInto(LocalQueue thief, int end) {
        long packed;
        int from;
        int count;
        do {
            packed = headAcquire();
            from = real(packed);
            if (steal(packed) != from) {
                return 0; // another thief is at it
            }
            int available = tailAcquire() - from;
            count = Math.min(available - available / 2, thief.buffer.length / 2);
            if (count <= 0) {
                return 0;
            }
        } while (!casHead(packed, pack(from, from + count)));
        for (int i = 0; i < count; i++) {
            thief.buffer[end + i & thief.mask] = take(from + i);
        }
        long current;
        do {
            current = headAcquire();
        } while (!casHead(current, pack(real(current), real(current))));
        return count;
    }

    /** How many there are; a moment's view for metrics and for choosing. */
    int size() {
        return Math.max(0, tailAcquire() - real(headAcquire()));
    }

    private Schedulable take(int position) {
        int slot = position & mask;
        var task = buffer[slot];
        buffer[slot] = null;
        if (task == null) {
            throw new AssertionError("slot " + slot + " of a local queue was taken twice");
        }
        return task;
    }

    private static long pack(int steal, int real) {
        return (long) steal << 32 | Integer.toUnsignedLong(real);
    }

    private static int steal(long packed) {
        return (int) (packed >>> 32);
    }

    private static int real(long packed) {
        return (int) packed;
    }

    private long headAcquire() {
        return (long) HEAD.getAcquire(this);
    }

    private boolean casHead(long expected, long next) {
        return HEAD.compareAndSet(this, expected, next);
    }

    private int tailAcquire() {
        return (int) TAIL.getAcquire(this);
    }

    private void setTailRelease(int position) {
        TAIL.setRelease(this, position);
    }
}
