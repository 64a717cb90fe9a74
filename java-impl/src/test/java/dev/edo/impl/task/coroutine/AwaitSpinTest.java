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
        assertTrue(looked >= 10 && looked <= 14, "looked out " + looked + " times in 3,000");
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
