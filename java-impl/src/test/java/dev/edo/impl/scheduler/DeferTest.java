package dev.edo.impl.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Waker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeferTest {
    private final Defer defer = new Defer();
    private final List<Integer> woken = new ArrayList<>();

    private Waker waker(int number) {
        return () -> woken.add(number);
    }

    @Test
    void wakesEachOnceInOrder() {
        defer.defer(waker(1));
        defer.defer(waker(2));
        assertFalse(defer.isEmpty());
        defer.wake();
        assertTrue(defer.isEmpty());
        defer.wake();
        assertEquals(List.of(1, 2), woken);
    }

    @Test
    void aWakerThatDefersItselfTwiceInARowIsWokenOnce() {
        var waker = waker(1);
        defer.defer(waker);
        defer.defer(waker);
        defer.wake();
        assertEquals(List.of(1), woken);
    }

    /** A task that yields whenever it is woken must let the scheduler get out of the loop. */
    @Test
    void whatIsDeferredWhileWakingWaitsForTheNextTime() {
        var again = new Waker() {
            @Override
            public void wake() {
                woken.add(1);
                defer.defer(this);
            }
        };
        defer.defer(again);
        defer.wake();
        assertEquals(List.of(1), woken);
        assertFalse(defer.isEmpty());
        defer.wake();
        assertEquals(List.of(1, 1), woken);
    }

    @Test
    void holdsMoreThanItStartedWith() {
        for (int round = 0; round < 3; round++) {
            woken.clear();
            for (int i = 0; i < 1_000; i++) {
                defer.defer(waker(i));
            }
            defer.wake();
            assertEquals(1_000, woken.size());
            assertEquals(999, woken.getLast());
        }
    }
}
