package dev.edo.impl.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The wheel against a sorted map, over random inserts, removals and jumps in time. */
class WheelModelTest {
    private static final int OPERATIONS = 100_000;
    private static final long TICK = 1L << Wheel.TICK_SHIFT;

    private static final class Entry extends WheelEntry {
        final int number;

        Entry(long deadlineNanos, int number) {
            this.deadlineNanos = deadlineNanos;
            this.number = number;
        }
    }

    private final List<Entry> alive = new ArrayList<>();
    private final TreeMap<Long, List<Integer>> byDue = new TreeMap<>();
    private Wheel wheel = new Wheel();
    private long now;
    private int fired;

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "3, true", "4, true"})
    void firesTheSameTimersAtTheSameMoments(long seed, boolean exact) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < OPERATIONS; i++) {
            if (now > Wheel.MAX_DEADLINE_NANOS / 2) {
                startAnew();
            }
            int choice = random.nextInt(100);
            if (choice < 50) {
                insert(new Entry(now + ahead(random), i), exact);
            } else if (choice < 75 && !alive.isEmpty()) {
                remove(alive.get(random.nextInt(alive.size())), exact);
            } else {
                advance(random, exact);
            }
            checkNext(exact);
        }
        assertTrue(fired > OPERATIONS / 10, "fired=" + fired);
    }

    /** The end of time comes into reach only so that its neighbourhood is tested too. */
    private void startAnew() {
        wheel = new Wheel();
        alive.clear();
        byDue.clear();
        now = 0;
    }

    /** A random number of bits, so that all levels are hit alike. */
    private static long ahead(SplittableRandom random) {
        return random.nextLong() >>> random.nextInt(2, 64);
    }

    private static long dueAt(long deadlineNanos, boolean exact) {
        return exact ? deadlineNanos : (deadlineNanos + TICK - 1) / TICK * TICK;
    }

    private void insert(Entry entry, boolean exact) {
        wheel.insert(entry, now);
        alive.add(entry);
        byDue.computeIfAbsent(dueAt(entry.deadlineNanos, exact), d -> new ArrayList<>())
                .add(entry.number);
    }

    private void remove(Entry entry, boolean exact) {
        wheel.remove(entry);
        forget(entry, exact);
    }

    private void forget(Entry entry, boolean exact) {
        alive.remove(entry);
        long due = dueAt(entry.deadlineNanos, exact);
        var numbers = byDue.get(due);
        assertTrue(numbers.remove((Integer) entry.number));
        if (numbers.isEmpty()) {
            byDue.remove(due);
        }
    }

    private void advance(SplittableRandom random, boolean exact) {
        now = switch (random.nextInt(3)) {
            case 0 -> byDue.isEmpty() ? now : Math.max(now, byDue.firstKey());
            case 1 -> byDue.isEmpty() ? now : Math.max(now, byDue.firstKey() - 1);
            default -> now + (random.nextLong() >>> random.nextInt(16, 64));
        };
        long previousTick = -1;
        WheelEntry due;
        while ((due = wheel.pollExpired(now, exact)) != null) {
            var entry = (Entry) due;
            long tick = Wheel.tickAtOrAfter(entry.deadlineNanos);
            assertTrue(tick >= previousTick, "out of order");
            previousTick = tick;
            assertTrue(dueAt(entry.deadlineNanos, exact) <= now, "early");
            forget(entry, exact);
            fired++;
        }
        assertTrue(byDue.isEmpty() || byDue.firstKey() > now, "missed");
        assertTrue(next(exact) > now, "would not sleep");
    }

    private void checkNext(boolean exact) {
        assertEquals(alive.isEmpty(), wheel.isEmpty());
        long next = next(exact);
        if (alive.isEmpty()) {
            assertEquals(Wheel.NEVER, next);
        } else {
            assertTrue(next <= byDue.firstKey(), "sleeps too long");
        }
    }

    private long next(boolean exact) {
        return exact ? wheel.nextExactDeadlineNanos() : wheel.nextDeadlineNanos();
    }
}
