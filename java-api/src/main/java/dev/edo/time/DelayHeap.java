package dev.edo.time;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keys ordered by deadline, equal ones by arrival; each knows its place, so that any of them can be
 * taken out or moved.
 *
 * <p>Algorithm: an implicit heap with four children per node, half as deep as a binary one and with
 * siblings side by side. Inserting, removing and moving take O(log n), the first one is at index 0.
 *
 * <p>Invariants: {@code keys[i].heap == this} and {@code keys[i].index == i}; no key is before its
 * parent {@code (i - 1) / 4}; the array is {@code null} from {@code size} on. Not thread-safe.
 */
final class DelayHeap {
    private static final int ARITY_SHIFT = 2;
    private static final int MIN_CAPACITY = 16;
    private static final int MAX_CAPACITY = Integer.MAX_VALUE - 8;

    private @Nullable DelayKey[] keys;
    private int size;
    private long orders;

    DelayHeap(int capacity) {
        keys = new @Nullable DelayKey[capacity];
    }

    int size() {
        return size;
    }

    int capacity() {
        return keys.length;
    }

    @Nullable DelayKey first() {
        return size == 0 ? null : keys[0];
    }

    void insert(DelayKey key) {
        if (size == keys.length) {
            reserve(1);
        }
        key.heap = this;
        key.order = orders++;
        siftUp(size++, key);
    }

    void remove(DelayKey key) {
        int hole = key.index;
        var last = at(--size);
        keys[size] = null;
        key.heap = null;
        if (last != key) {
            place(hole, last);
        }
    }

    void move(DelayKey key, long deadlineNanos) {
        key.deadlineNanos = deadlineNanos;
        key.order = orders++;
        place(key.index, key);
    }

    /** Makes all keys let go of their values; the heap is not used afterwards. */
    void discard() {
        for (int i = 0; i < size; i++) {
            var key = at(i);
            key.heap = null;
            key.value = null;
        }
    }

    /** Makes room for so many more, and for half as many again as there are, where that is more. */
    void reserve(int additional) {
        long needed = (long) size + additional;
        if (needed > MAX_CAPACITY) {
            // by hand: the queue's lock spins, and a concatenation is linked when it first runs, which may park
            throw new IllegalStateException(new StringBuilder("size=")
                    .append(size)
                    .append(" plus additional=")
                    .append(additional)
                    .append(" is beyond what a delay queue holds; use several queues")
                    .toString());
        }
        if (needed > keys.length) {
            long grown = Math.max(Math.max(needed, MIN_CAPACITY), size + (long) (size >> 1));
            keys = Arrays.copyOf(keys, (int) Math.min(grown, MAX_CAPACITY));
        }
    }

    /** Gives back the room that is not used. */
    void compact() {
        if (size < keys.length) {
            keys = Arrays.copyOf(keys, size);
        }
    }

    private void place(int hole, DelayKey key) {
        if (hole > 0 && key.isBefore(at(parentOf(hole)))) {
            siftUp(hole, key);
        } else {
            siftDown(hole, key);
        }
    }

    private void siftUp(int hole, DelayKey key) {
        int i = hole;
        while (i > 0) {
            int parentIndex = parentOf(i);
            var parent = at(parentIndex);
            if (!key.isBefore(parent)) {
                break;
            }
            set(i, parent);
            i = parentIndex;
        }
        set(i, key);
    }

    private void siftDown(int hole, DelayKey key) {
        int i = hole;
        for (;;) {
            long firstChild = ((long) i << ARITY_SHIFT) + 1;
            if (firstChild >= size) {
                break;
            }
            int child = (int) firstChild;
            int end = (int) Math.min(firstChild + (1 << ARITY_SHIFT), size);
            var least = at(child);
            for (int sibling = child + 1; sibling < end; sibling++) {
                var other = at(sibling);
                if (other.isBefore(least)) {
                    least = other;
                    child = sibling;
                }
            }
            if (!least.isBefore(key)) {
                break;
            }
            set(i, least);
            i = child;
        }
        set(i, key);
    }

    private static int parentOf(int index) {
        return index - 1 >> ARITY_SHIFT;
    }

    private DelayKey at(int index) {
        var key = keys[index];
        assert key != null : "index=" + index + " size=" + size;
        return key;
    }

    private void set(int index, DelayKey key) {
        keys[index] = key;
        key.index = index;
    }
}
