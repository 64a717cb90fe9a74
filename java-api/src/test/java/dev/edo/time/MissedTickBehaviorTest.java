package dev.edo.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissedTickBehaviorTest {
    @ParameterizedTest
    @CsvSource({
        // in time, or late by no more than 5 ms: the schedule stays, whatever the behaviour
        "BURST, 1000, 1000, 300, 1300",
        "DELAY, 1000, 1000, 300, 1300",
        "SKIP, 1000, 1000, 300, 1300",
        "DELAY, 1000, 1005, 300, 1300",
        "SKIP, 1000, 1005, 3, 1003",
        // missed
        "BURST, 1000, 1006, 300, 1300",
        "DELAY, 1000, 1006, 300, 1306",
        "SKIP, 1000, 1006, 300, 1300",
        "BURST, 1000, 2000, 300, 1300",
        "DELAY, 1000, 2000, 300, 2300",
        "SKIP, 1000, 2000, 300, 2200",
        "SKIP, 1000, 1900, 300, 2200",
        "SKIP, 1000, 1899, 300, 1900",
    })
    void schedulesTheNextTick(
            MissedTickBehavior behavior, long due, long now, long period, long next) {
        long ms = 1_000_000;
        assertEquals(next * ms, behavior.nextNanos(due * ms, now * ms, period * ms));
    }

    @ParameterizedTest
    @CsvSource({"BURST", "DELAY", "SKIP"})
    void saturatesInsteadOfOverflowing(MissedTickBehavior behavior) {
        long max = Long.MAX_VALUE;
        assertEquals(max, behavior.nextNanos(1000, 1000, max));
        assertEquals(max, behavior.nextNanos(max - 1, max, 10));
    }

    /** An interval may start at any moment, also one more than 292 years before the present. */
    @ParameterizedTest
    @CsvSource({"BURST", "DELAY", "SKIP"})
    void aStartInTheDistantPastDoesNotOverflow(MissedTickBehavior behavior) {
        long now = 1_000;
        long next = behavior.nextNanos(Long.MIN_VALUE, now, 10);
        switch (behavior) {
            case BURST -> assertEquals(Long.MIN_VALUE + 10, next);
            case DELAY -> assertEquals(1_010, next);
            case SKIP -> assertEquals(1_002, next); // -2^63 is 8 below a multiple of 10, and so is 1,002
        }
    }
}
