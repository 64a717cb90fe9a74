package dev.edo.impl.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WheelTest {
    private static final long TICK = 1L << Wheel.TICK_SHIFT;

    private static final class Entry extends WheelEntry {
        Entry(long deadlineNanos) {
            this.deadlineNanos = deadlineNanos;
        }
    }

    private static Entry insert(Wheel wheel, long deadlineNanos) {
        var entry = new Entry(deadlineNanos);
        wheel.insert(entry, 0);
        return entry;
    }

    /** The ticks 64^L and its neighbours, where a deadline changes its level. */
    private static List<Long> bordersInTicks() {
        var ticks = new ArrayList<Long>();
        for (int level = 0; level <= Wheel.LEVELS; level++) {
            long border = 1L << 6 * level;
            for (long near = -2; near <= 2; near++) {
                if (border + near > 0) {
                    ticks.add(border + near);
                }
            }
            ticks.add(border * 3);
            ticks.add(border * 63);
        }
        ticks.removeIf(tick -> tick > Wheel.MAX_DEADLINE_NANOS >> Wheel.TICK_SHIFT);
        return ticks;
    }

    @Test
    void roundsDeadlinesUpToATickAtEveryLevelBorder() {
        for (long tick : bordersInTicks()) {
            for (long before : new long[] {0, 1, TICK / 2, TICK - 1}) {
                var wheel = new Wheel();
                long deadline = tick * TICK - before;
                var entry = insert(wheel, deadline);
                assertNull(wheel.pollExpired(deadline - 1, false), "early at tick=" + tick);
                assertNull(wheel.pollExpired(tick * TICK - 1, false), "not rounded up, tick=" + tick);
                assertSame(entry, wheel.pollExpired(tick * TICK, false), "late at tick=" + tick);
                assertTrue(wheel.isEmpty());
            }
        }
    }

    @Test
    void isExactToTheNanosecondAtEveryLevelBorderInExactMode() {
        for (long tick : bordersInTicks()) {
            for (long before : new long[] {0, 1, TICK / 2, TICK - 1}) {
                var wheel = new Wheel();
                long deadline = tick * TICK - before;
                var entry = insert(wheel, deadline);
                assertNull(wheel.pollExpired(deadline - 1, true), "early at tick=" + tick);
                assertSame(entry, wheel.pollExpired(deadline, true), "late at tick=" + tick);
            }
        }
    }

    @Test
    void aLoneTimerNeedsOneLookOnly() {
        // Moving down the levels is no reason to wake up: the next deadline is the timer's own.
        for (long tick : bordersInTicks()) {
            if (tick >= 1L << 6 * Wheel.LEVELS) {
                continue; // farther off than the wheel: filed again on the way
            }
            var wheel = new Wheel();
            insert(wheel, tick * TICK - 7);
            assertEquals(tick * TICK, wheel.nextDeadlineNanos(), "tick=" + tick);
            assertEquals(tick * TICK - 7, wheel.nextExactDeadlineNanos(), "tick=" + tick);
        }
    }

    @Test
    void firesInOrderOfTicksAndWithinATickInOrderOfArrival() {
        var wheel = new Wheel();
        var second = insert(wheel, 5000 * TICK - 10);
        var third = insert(wheel, 5000 * TICK - 20);
        var first = insert(wheel, 70 * TICK);
        var last = insert(wheel, 5001 * TICK);
        long now = 6000 * TICK;
        assertSame(first, wheel.pollExpired(now, false));
        assertSame(second, wheel.pollExpired(now, false));
        assertSame(third, wheel.pollExpired(now, false));
        assertSame(last, wheel.pollExpired(now, false));
        assertNull(wheel.pollExpired(now, false));
    }

    /** A paused clock that is moved past all of them, or from one to the next while others come. */
    @Test
    void firesInOrderOfDeadlinesInExactMode() {
        var wheel = new Wheel();
        long base = 5000 * TICK;
        var third = insert(wheel, base + 30);
        var fourth = insert(wheel, base + 40);
        var first = insert(wheel, base + 10);
        var alsoThird = insert(wheel, base + 30);
        assertSame(first, wheel.pollExpired(base + 10, true));
        assertNull(wheel.pollExpired(base + 10, true));
        assertEquals(base + 30, wheel.nextExactDeadlineNanos());
        var second = insert(wheel, base + 20);
        var lastOfThird = insert(wheel, base + 30);
        var last = insert(wheel, base + 50);
        assertEquals(base + 20, wheel.nextExactDeadlineNanos());
        for (var next : List.of(second, third, alsoThird, lastOfThird, fourth, last)) {
            assertSame(next, wheel.pollExpired(base + 2 * TICK, true));
        }
        assertNull(wheel.pollExpired(base + 2 * TICK, true));
        assertTrue(wheel.isEmpty());
    }

    @Test
    void sortsASlotOfManyInExactMode() {
        var random = new SplittableRandom(1);
        for (int size : new int[] {1, 2, 3, 7, 8, 1000}) {
            var wheel = new Wheel();
            for (int i = 0; i < size; i++) {
                insert(wheel, 100 * TICK - random.nextLong(TICK));
            }
            long previous = 0;
            for (int i = 0; i < size; i++) {
                var due = wheel.pollExpired(100 * TICK, true);
                assertNotNull(due);
                assertTrue(due.deadlineNanos >= previous, "out of order, size=" + size + " i=" + i);
                previous = due.deadlineNanos;
            }
            assertTrue(wheel.isEmpty());
        }
    }

    @Test
    void cascadesASlotThroughAllLevelsBelow() {
        var wheel = new Wheel();
        long base = 1L << 6 * 3;
        var entries = new ArrayList<Entry>();
        long[] offsets = {0, 1, 63, 64, 65, 4095, 4096, 4097, base - 1};
        for (long offset : offsets) {
            entries.add(insert(wheel, (base + offset) * TICK));
        }
        for (int i = 0; i < offsets.length; i++) {
            long due = (base + offsets[i]) * TICK;
            assertEquals(due, wheel.nextDeadlineNanos());
            assertNull(wheel.pollExpired(due - 1, false));
            assertSame(entries.get(i), wheel.pollExpired(due, false));
        }
        assertEquals(Wheel.NEVER, wheel.nextDeadlineNanos());
    }

    @Test
    void whatLiesBeyondTheTopLevelIsFiledAgainAndFiresInItsTime() {
        var wheel = new Wheel();
        long horizon = (1L << 6 * Wheel.LEVELS) * TICK;
        var far = insert(wheel, Wheel.MAX_DEADLINE_NANOS);
        long now = 0;
        int looks = 0;
        for (;;) {
            long next = wheel.nextDeadlineNanos();
            assertTrue(next > now, "stuck at nanos=" + now);
            now = next;
            var due = wheel.pollExpired(now, false);
            if (due != null) {
                assertSame(far, due);
                break;
            }
            looks++;
        }
        assertEquals(Wheel.MAX_DEADLINE_NANOS, now);
        assertTrue(looks <= Wheel.MAX_DEADLINE_NANOS / horizon + 2, "looks=" + looks);
    }

    @Test
    void aTimerBeyondTheTopLevelDoesNotHideANearerOne() {
        // The far one waits in the last slot before the top level wraps. Time goes on by one slot,
        // so that
        // a newer, nearer timer goes into the slot after that: the far one's slot is still the
        // first.
        var wheel = new Wheel();
        long topSlot = (1L << 36) * TICK;
        insert(wheel, 200 * topSlot);
        insert(wheel, topSlot);
        assertNotNull(wheel.pollExpired(topSlot, false));
        var near = insert(wheel, 64 * topSlot);
        long now = topSlot;
        WheelEntry due = null;
        while (due == null) {
            long next = wheel.nextDeadlineNanos();
            assertTrue(next > now && next <= 64 * topSlot, "next=" + next);
            now = next;
            due = wheel.pollExpired(now, false);
        }
        assertSame(near, due);
        assertEquals(64 * topSlot, now);
    }

    @Test
    void removingLeavesTheNeighboursInPlace() {
        var wheel = new Wheel();
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < 5; i++) {
            entries.add(insert(wheel, 100 * TICK));
        }
        for (int i : new int[] {0, 2, 4}) {
            wheel.remove(entries.get(i));
        }
        assertSame(entries.get(1), wheel.pollExpired(100 * TICK, false));
        assertSame(entries.get(3), wheel.pollExpired(100 * TICK, false));
        assertTrue(wheel.isEmpty());
    }

    @Test
    void removingTheLastOneEmptiesTheWheel() {
        for (long tick : bordersInTicks()) {
            var wheel = new Wheel();
            wheel.remove(insert(wheel, tick * TICK));
            assertTrue(wheel.isEmpty());
            assertEquals(Wheel.NEVER, wheel.nextDeadlineNanos());
        }
    }

    @Test
    void anOverdueTimerFiresAtTheNextLook() {
        var wheel = new Wheel();
        insert(wheel, 500 * TICK);
        assertNull(wheel.pollExpired(400 * TICK, false));
        var overdue = new Entry(3);
        wheel.insert(overdue, 400 * TICK);
        assertTrue(wheel.nextDeadlineNanos() <= 400 * TICK);
        assertSame(overdue, wheel.pollExpired(400 * TICK, false));
        assertNull(wheel.pollExpired(400 * TICK, false));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void timeThatSeemsToGoBackIsIgnored(boolean exact) {
        // Two threads read the clock and then take the lock in the other order.
        var wheel = new Wheel();
        assertNull(wheel.pollExpired(1000 * TICK, exact));
        var entry = insert(wheel, 1001 * TICK);
        assertNull(wheel.pollExpired(10 * TICK, exact));
        assertSame(entry, wheel.pollExpired(1001 * TICK, exact));
    }

    @Test
    void removingTheEarliestOfASlotInExactModeDoesNotStickToItsDeadline() {
        // Both lie in one tick. After the first is gone, the next deadline may be stale once: it
        // must not
        // stay so, or a paused clock would never get past it.
        var wheel = new Wheel();
        var cancelled = insert(wheel, 10 * TICK + 100);
        var kept = insert(wheel, 10 * TICK + 200);
        wheel.remove(cancelled);
        assertNull(wheel.pollExpired(10 * TICK + 100, true));
        assertEquals(10 * TICK + 200, wheel.nextExactDeadlineNanos());
        assertSame(kept, wheel.pollExpired(10 * TICK + 200, true));
    }
}
