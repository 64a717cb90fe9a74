package dev.edo.impl.task.coroutine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AwaitSpinTest {
    private final AwaitSpin spin = new AwaitSpin();
    private int looks;

    @BeforeAll
    static void severalCores() {
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "with one core nobody spins");
    }

    /** Waits in vain; true where it looked at all. */
    private boolean misses() {
        int before = looks;
        assertEquals(false, spin.until(() -> {
            looks++;
            return false;
        }));
        return looks > before;
    }

    private boolean hits() {
        return spin.until(() -> true);
    }

    @Test
    void aWakeUpThatComesInTimeIsSeen() {
        for (int i = 0; i < 10; i++) {
            assertTrue(hits());
        }
    }

    @Test
    void whoWaitsInVainLooksOutMoreAndMoreRarely() {
        int looked = 0;
        for (int i = 0; i < 3_000; i++) {
            looked += misses() ? 1 : 0;
        }
        assertTrue(looked >= 180 && looked <= 200, "looked out " + looked + " times in 3,000");
    }

    private long fastestHitNanos() {
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < 200; i++) {
            long startNanos = System.nanoTime();
            assertTrue(hits());
            fastest = Math.min(fastest, System.nanoTime() - startNanos);
        }
        return fastest;
    }

    @Test
    void wakeUpsThatComeAtOnceAreCoalesced() {
        for (int i = 0; i < 4; i++) {
            assertTrue(hits());
        }
        assertTrue(fastestHitNanos() >= 1_000);
    }

    @Test
    void aWakeUpThatTakesItsTimeEndsCoalescing() {
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < 2_000; i++) { // so that it is compiled
            looks = 0;
            assertTrue(spin.until(() -> ++looks > 8));
            for (int j = 0; j < 4; j++) {
                long startNanos = System.nanoTime();
                assertTrue(hits());
                fastest = Math.min(fastest, System.nanoTime() - startNanos);
            }
        }
        assertTrue(fastest < 1_000, fastest + " ns");
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
}
