package dev.edo.impl.scheduler;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LookOutTest {
    private final LookOut lookOut = new LookOut(4);
    private int looks;
    private boolean woken;

    @BeforeAll
    static void severalProcessors() {
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "with one processor nobody looks out");
    }

    /** Looks out in vain; true where it looked at all. */
    private boolean misses() {
        int before = looks;
        assertFalse(lookOut.until(() -> {
            looks++;
            return false;
        }));
        return looks > before;
    }

    private boolean hits() {
        return lookOut.until(() -> true);
    }

    @Test
    void aWakeUpThatComesInTimeIsSeen() {
        for (int i = 0; i < 10; i++) {
            assertTrue(hits());
        }
    }

    @Test
    void whoLooksOutInVainDoesSoMoreAndMoreRarely() {
        int looked = 0;
        for (int i = 0; i < 3_000; i++) {
            looked += misses() ? 1 : 0;
        }
        assertTrue(looked >= 180 && looked <= 200, "looked out " + looked + " times in 3,000");
    }

    @Test
    void oneThatHelpedBringsItBack() {
        for (int i = 0; i < 3; i++) {
            misses();
        }
        while (!hits()) {
            continue;
        }
        assertTrue(hits());
        assertTrue(misses());
    }

    /**
     * What is done in between takes the token of a wake-up just as the time is over. Nobody but the condition tells of
     * it then, so the look has to come last.
     */
    @Test
    void aWakeUpThatIsTakenInBetweenIsSeenThoughTheTimeIsOver() {
        boolean seen = true;
        while (!woken) { // the first looks, not compiled yet, may take all the time there is
            seen = new LookOut(4, this::wakeWhenTheTimeIsOver).until(() -> woken);
        }
        assertTrue(seen);
    }

    private void wakeWhenTheTimeIsOver() {
        long startNanos = System.nanoTime();
        while (System.nanoTime() - startNanos <= LookOut.LIMIT_NANOS) {
            Thread.onSpinWait();
        }
        woken = true;
    }
}
