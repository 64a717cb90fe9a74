package dev.edo.impl.time;

import org.jspecify.annotations.Nullable;

/**
 * Timers ordered by deadline; inserting and removing take constant time and allocate nothing.
 *
 * <p>Algorithm: time is cut into ticks of 2^16 ns (65.536 µs). Level L has 64 slots of 64^L ticks
 * each. An entry lies on the level of the highest 6-bit group in which its tick differs from the
 * present one, so each level covers what is left of one slot of the level above, and the first
 * occupied slot of the lowest occupied level holds the next timers. When the time reaches a slot
 * above level 0, its entries are filed again, lower down. Seven levels span 9 years; what is
 * farther off waits in the last slot before the top level wraps, and is filed again from there. A
 * slot is a ring in the order of arrival, its head's {@code previous} being its tail.
 *
 * <p>Deadlines are rounded up to a tick: a timer never fires early. Each slot remembers the
 * earliest deadline put into it, so that a lone timer far away wakes nobody when its slot moves
 * down a level. The figure may be too early when that timer was removed, never too late; for what
 * is farther off than the wheel it is the time to file it again.
 *
 * <p>In <em>exact</em> mode, for a clock that stands still, entries are due at their deadlines to
 * the nanosecond, and fire in the order of these: a slot of level 0 is sorted when its turn comes, and
 * kept so.
 *
 * <p>Invariants: {@code elapsed} only grows. Each entry's tick is at least {@code elapsed}; only on
 * level 0 is it equal. A bit in {@code occupied} is set where the slot has a ring, a bit in {@code
 * levels} where {@code occupied} is not zero. The ring of the slot {@code sorted} is in the order of
 * deadlines, equal ones in the order of arrival.
 *
 * <p>Origin: Tokio's {@code runtime/time/wheel}; finer ticks, one level more, the earliest deadline
 * per slot, and entries that fire straight from their slot instead of from a pending list. Not
 * thread-safe.
 */
final class Wheel {
    /** The deadline of an empty wheel. */
    static final long NEVER = Long.MAX_VALUE;

    static final int TICK_SHIFT = 16;
    static final int LEVELS = 7;

    /** The last moment for which there is a tick. */
    static final long MAX_DEADLINE_NANOS = Long.MAX_VALUE >> TICK_SHIFT << TICK_SHIFT;

    private static final int SLOT_BITS = 6;
    private static final int SLOTS = 1 << SLOT_BITS;
    private static final int SLOT_MASK = SLOTS - 1;
    private static final int TOP = LEVELS - 1;

    private final @Nullable WheelEntry[] heads = new WheelEntry[LEVELS * SLOTS];
    private final long[] earliestNanos = new long[LEVELS * SLOTS];
    private final long[] occupied = new long[LEVELS];
    private int levels;
    private long elapsed;

    /** A slot of level 0, or -1. */
    private int sorted = -1;

    /** The first tick that does not begin before a moment: the one place that rounds. */
    static long tickAtOrAfter(long nanos) {
        return -(-nanos >> TICK_SHIFT);
    }

    boolean isEmpty() {
        return levels == 0;
    }

    /** Puts an entry in; what is overdue fires at the next {@link #pollExpired}. */
    void insert(WheelEntry entry, long nowNanos) {
        if (levels == 0) {
            elapsed = Math.max(elapsed, nowNanos >> TICK_SHIFT);
        }
        file(entry);
    }

    /** Takes an entry out that is in. */
    void remove(WheelEntry entry) {
        int slot = entry.slot;
        var next = entry.next;
        var previous = entry.previous;
        assert next != null && previous != null : "not in a wheel";
        if (next == entry) {
            vacate(slot);
        } else {
            previous.next = next;
            next.previous = previous;
            if (heads[slot] == entry) {
                heads[slot] = next;
            }
        }
        entry.next = null;
        entry.previous = null;
    }

    /**
     * Takes out the next entry that is due.
     *
     * @param exact whether entries are due to the nanosecond; else to the tick, rounded up
     * @return the entry, or null when no other is due
     */
    @Nullable WheelEntry pollExpired(long nowNanos, boolean exact) {
        long now = exact ? tickAtOrAfter(nowNanos) : nowNanos >> TICK_SHIFT;
        while (levels != 0) {
            int level = Integer.numberOfTrailingZeros(levels);
            long group = firstGroup(level);
            long start = group << level * SLOT_BITS;
            if (start > now) {
                break;
            }
            elapsed = start;
            int slot = slotOf(level, group);
            if (level > 0) {
                cascade(slot);
                continue;
            }
            var due = exact ? firstDue(slot, nowNanos) : heads[slot];
            if (due == null) {
                return null;
            }
            remove(due);
            return due;
        }
        elapsed = Math.max(elapsed, now);
        return null;
    }

    /** When {@link #pollExpired} should be called next, rounded up to a tick; or {@link #NEVER}. */
    long nextDeadlineNanos() {
        if (levels == 0) {
            return NEVER;
        }
        int level = Integer.numberOfTrailingZeros(levels);
        long group = firstGroup(level);
        long start = group << level * SLOT_BITS;
        long tick = Math.max(start, tickAtOrAfter(earliestNanos[slotOf(level, group)]));
        return tick << TICK_SHIFT;
    }

    /** The same in exact mode. */
    long nextExactDeadlineNanos() {
        if (levels == 0) {
            return NEVER;
        }
        int level = Integer.numberOfTrailingZeros(levels);
        return earliestNanos[slotOf(level, firstGroup(level))];
    }

    /**
     * The number of the first occupied slot of an occupied level, counted from the beginning of
     * time.
     */
    private long firstGroup(int level) {
        long current = elapsed >> level * SLOT_BITS;
        long ahead = Long.rotateRight(occupied[level], (int) current);
        return current + Long.numberOfTrailingZeros(ahead);
    }

    private static int slotOf(int level, long group) {
        return level << SLOT_BITS | (int) group & SLOT_MASK;
    }

    private void file(WheelEntry entry) {
        long tick = Math.max(tickAtOrAfter(entry.deadlineNanos), elapsed);
        long differing = elapsed ^ tick | SLOT_MASK;
        int highest = Long.SIZE - 1 - Long.numberOfLeadingZeros(differing);
        int level = Math.min(highest / SLOT_BITS, TOP);
        long group = tick >> level * SLOT_BITS;
        long lookAt = entry.deadlineNanos;
        if (level == TOP) {
            long last = (elapsed >> TOP * SLOT_BITS) + SLOTS - 1;
            if (group > last) {
                group = last;
                lookAt = last << TOP * SLOT_BITS + TICK_SHIFT;
            }
        }
        append(level, slotOf(level, group), entry, lookAt);
    }

    private void append(int level, int slot, WheelEntry entry, long lookAtNanos) {
        entry.slot = slot;
        var head = heads[slot];
        if (head == null) {
            entry.next = entry;
            entry.previous = entry;
            heads[slot] = entry;
            occupied[level] |= 1L << slot;
            levels |= 1 << level;
            earliestNanos[slot] = lookAtNanos;
            return;
        }
        var tail = head.previous;
        assert tail != null;
        var before = slot == sorted ? lastNotAfter(entry, head, tail) : tail;
        if (before == null) {
            heads[slot] = entry;
            before = tail;
        }
        var after = before.next;
        assert after != null;
        entry.next = after;
        entry.previous = before;
        before.next = entry;
        after.previous = entry;
        earliestNanos[slot] = Math.min(earliestNanos[slot], lookAtNanos);
    }

    /** The entry after which another one has its place in a sorted ring; null where that is the first place. */
    private static @Nullable WheelEntry lastNotAfter(WheelEntry entry, WheelEntry head, WheelEntry tail) {
        var before = tail;
        while (before.deadlineNanos > entry.deadlineNanos) {
            if (before == head) {
                return null;
            }
            before = before.previous;
            assert before != null;
        }
        return before;
    }

    private void vacate(int slot) {
        int level = slot >> SLOT_BITS;
        heads[slot] = null;
        if (slot == sorted) {
            sorted = -1;
        }
        occupied[level] &= ~(1L << slot);
        if (occupied[level] == 0) {
            levels &= ~(1 << level);
        }
    }

    private void cascade(int slot) {
        var head = heads[slot];
        assert head != null && head.previous != null;
        vacate(slot);
        head.previous.next = null;
        for (var entry = head; entry != null; ) {
            var following = entry.next;
            file(entry);
            entry = following;
        }
    }

    /** The first entry of a slot of level 0, if it is due to the nanosecond. */
    private @Nullable WheelEntry firstDue(int slot, long nowNanos) {
        if (slot != sorted) {
            sort(slot);
        }
        var first = heads[slot];
        assert first != null;
        earliestNanos[slot] = first.deadlineNanos;
        return first.deadlineNanos <= nowNanos ? first : null;
    }

    private void sort(int slot) {
        var head = heads[slot];
        assert head != null && head.previous != null;
        head.previous.next = null;
        var first = sorted(head);
        var last = first;
        for (var entry = first.next; entry != null; entry = entry.next) {
            entry.previous = last;
            last = entry;
        }
        last.next = first;
        first.previous = last;
        heads[slot] = first;
        sorted = slot;
    }

    /** Sorts a list that ends with null, by merging its halves; {@code previous} is left as it was. */
    private static WheelEntry sorted(WheelEntry first) {
        var middle = first;
        for (var end = first.next; end != null && end.next != null; end = end.next.next) {
            middle = middle.next;
            assert middle != null;
        }
        var second = middle.next;
        if (second == null) {
            return first;
        }
        middle.next = null;
        return merged(sorted(first), sorted(second));
    }

    /** Of equal entries those of {@code left} come first. */
    private static WheelEntry merged(WheelEntry left, WheelEntry right) {
        boolean leftFirst = left.deadlineNanos <= right.deadlineNanos;
        var first = leftFirst ? left : right;
        var a = leftFirst ? left.next : left;
        var b = leftFirst ? right : right.next;
        var last = first;
        while (a != null && b != null) {
            if (a.deadlineNanos <= b.deadlineNanos) {
                last.next = a;
                last = a;
                a = a.next;
            } else {
                last.next = b;
                last = b;
                b = b.next;
            }
        }
        last.next = a != null ? a : b;
        return first;
    }
}
