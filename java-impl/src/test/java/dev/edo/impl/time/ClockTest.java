package dev.edo.impl.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ClockTest {
    private final ManualTime time = new ManualTime(1000);

    @Test
    void theSystemsTimeIsPositiveAndAdvances() {
        long first = Clock.systemNanos();
        assertTrue(first > 0);
        assertTrue(new Clock(false).nanos() >= first);
    }

    @Test
    void standsStillWhilePausedAndGoesOnFromThere() {
        var clock = time.clock();
        clock.pause();
        time.set(5000);
        assertEquals(1000, clock.nanos());
        assertTrue(clock.isPaused());
        clock.advance(7);
        assertEquals(1007, clock.nanos());
        clock.resume();
        assertEquals(1007, clock.nanos());
        time.set(6000);
        assertEquals(2007, clock.nanos());
        clock.pause();
        assertEquals(2007, clock.nanos());
    }

    @Test
    void startsPausedWhenAsked() {
        var clock = time.pausedClock();
        time.set(2000);
        assertEquals(1000, clock.nanos());
    }

    @Test
    void callsThatDoNotFitTheStateAreRejected() {
        var clock = time.clock();
        assertThrows(IllegalStateException.class, clock::resume);
        assertThrows(IllegalStateException.class, () -> clock.advance(1));
        clock.pause();
        assertThrows(IllegalStateException.class, clock::pause);
        assertThrows(IllegalArgumentException.class, () -> clock.advance(-1));
        assertThrows(IllegalArgumentException.class, () -> clock.advance(Long.MAX_VALUE));
        assertEquals(1000, clock.nanos());
    }

    @Test
    void autoAdvanceNeverGoesBackAndStopsWithThePause() {
        var clock = time.pausedClock();
        clock.autoAdvanceTo(3000);
        clock.autoAdvanceTo(2000);
        assertEquals(3000, clock.nanos());
        clock.resume();
        clock.autoAdvanceTo(9000);
        assertEquals(3000, clock.nanos());
    }

    @Test
    void eachInhibitorMustAllowAutoAdvanceAgain() {
        var clock = time.clock();
        assertFalse(clock.canAutoAdvance());
        clock.pause();
        assertTrue(clock.canAutoAdvance());
        clock.inhibitAutoAdvance();
        clock.inhibitAutoAdvance();
        clock.allowAutoAdvance();
        assertFalse(clock.canAutoAdvance());
        clock.allowAutoAdvance();
        assertTrue(clock.canAutoAdvance());
    }
}
