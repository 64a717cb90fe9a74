package dev.edo.impl.scheduler.multithread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WorkerStatsTest {
    private final WorkerStats stats = new WorkerStats();

    @Test
    void theSharedQueueIsFirstLookedAtEvery61Polls() {
        assertEquals(61, stats.tunedGlobalQueueInterval());
    }

    @Test
    void shortPollsMakeItWaitForMorePollsUpTo127() {
        for (int batch = 0; batch < 100; batch++) {
            stats.startBatch();
            for (int round = 0; round < 1_000; round++) {
                stats.startRound();
            }
            stats.endBatch();
        }
        assertEquals(127, stats.tunedGlobalQueueInterval());
        assertTrue(stats.meanPollNanos() < 1_000, () -> "mean=" + stats.meanPollNanos());
    }

    @Test
    void longPollsMakeItWaitForFewerPollsDownTo2() {
        for (int batch = 0; batch < 200; batch++) {
            stats.startBatch();
            long startNanos = System.nanoTime();
            while (System.nanoTime() - startNanos < 250_000) {
                Thread.onSpinWait();
            }
            stats.startRound();
            stats.endBatch();
        }
        assertEquals(2, stats.tunedGlobalQueueInterval());
    }

    @Test
    void aBatchWithoutPollsTeachesNothing() {
        stats.startBatch();
        stats.endBatch();
        assertEquals(61, stats.tunedGlobalQueueInterval());
    }

    @Test
    void busyTimeIsThatOfBatches() {
        stats.startBatch();
        long startNanos = System.nanoTime();
        while (System.nanoTime() - startNanos < 1_000_000) {
            Thread.onSpinWait();
        }
        stats.endBatch();
        assertTrue(stats.busyNanos >= 1_000_000);
        long before = stats.busyNanos;
        stats.endBatch();
        stats.startBatch();
        stats.endBatch();
        assertTrue(stats.busyNanos >= before);
    }

    @Test
    void aWakeUpThatBroughtNothingIsANoop() {
        stats.aboutToPark();
        stats.unparked();
        assertEquals(1, stats.noops, "nothing was polled before the first park either");
        stats.polls++;
        stats.aboutToPark();
        assertEquals(1, stats.noops);
        stats.unparked();
        stats.aboutToPark();
        assertEquals(2, stats.noops);
        assertEquals(5, stats.parkUnparks);
    }
}
