package dev.edo.impl.task.coroutine;

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

    private boolean hits() {
        return spin.until(() -> true);
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
}
