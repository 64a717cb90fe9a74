package dev.edo.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class InstantTest {
    private static final Duration ENDLESS = Duration.ofSeconds(Long.MAX_VALUE);

    @Test
    void arithmeticSaturatesAtBothEnds() {
        assertEquals(Long.MAX_VALUE, new Instant(5).plus(ENDLESS).nanos());
        assertEquals(Long.MIN_VALUE, new Instant(-5).plus(ENDLESS.negated()).nanos());
        assertEquals(Long.MAX_VALUE, new Instant(Long.MAX_VALUE - 1).plus(Duration.ofNanos(2)).nanos());
        assertEquals(3, new Instant(5).plus(Duration.ofNanos(-2)).nanos());
    }

    @Test
    void minusIsPlusTheOtherWayAndSaturatesToo() {
        assertEquals(3, new Instant(5).minus(Duration.ofNanos(2)).nanos());
        assertEquals(7, new Instant(5).minus(Duration.ofNanos(-2)).nanos());
        assertEquals(Long.MIN_VALUE, new Instant(-5).minus(ENDLESS).nanos());
        var allNegative = Duration.ofNanos(Long.MIN_VALUE);
        assertEquals(Long.MAX_VALUE, new Instant(5).minus(allNegative).nanos());
        assertEquals(Long.MAX_VALUE, new Instant(0).minus(allNegative).nanos());
        assertEquals(Long.MAX_VALUE - 4, new Instant(-5).minus(allNegative).nanos());
        assertEquals(Long.MIN_VALUE, new Instant(Long.MIN_VALUE).minus(Duration.ofNanos(1)).nanos());
    }

    @Test
    void theTimeSinceALaterMomentIsZero() {
        assertEquals(Duration.ZERO, new Instant(1).durationSince(new Instant(2)));
        assertEquals(Duration.ofNanos(1), new Instant(2).durationSince(new Instant(1)));
        var all = new Instant(Long.MAX_VALUE).durationSince(new Instant(Long.MIN_VALUE));
        assertTrue(all.compareTo(Duration.ofDays(365 * 500)) > 0);
    }

    @Test
    void aWaitTooLongToRepresentEndsInThirtyYears() {
        var now = new Instant(1_000);
        assertEquals(now.plus(Duration.ofDays(365 * 30)), now.deadlineAfter(ENDLESS));
        assertEquals(now.plus(Duration.ofDays(1)), now.deadlineAfter(Duration.ofDays(1)));
    }
}
