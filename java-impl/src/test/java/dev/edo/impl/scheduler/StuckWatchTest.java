package dev.edo.impl.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jspecify.annotations.Nullable;

@Timeout(30)
class StuckWatchTest {
    private final CountDownLatch rescued = new CountDownLatch(1);
    private final AtomicInteger looks = new AtomicInteger();
    private volatile boolean pending;
    private volatile boolean blocked = true;
    private volatile @Nullable Runnable atSecondLook;

    private final StuckWatch watch = new StuckWatch(new StuckWatch.Source() {
        @Override
        public boolean isWorkPending() {
            boolean now = pending;
            var race = atSecondLook;
            if (looks.incrementAndGet() == 2 && race != null) {
                race.run();
            }
            return now;
        }

        @Override
        public long progress() {
            return 0;
        }

        @Override
        public boolean areAllBlocked() {
            return blocked;
        }

        @Override
        public void runHandOversElsewhere() {
            pending = false;
            rescued.countDown();
        }
    });

    @AfterEach
    void end() {
        watch.end();
    }

    @Test
    void aHandOverThatNoCarrierCanTakeRunsElsewhere() throws InterruptedException {
        pending = true;
        watch.arm();
        rescued.await();
    }

    @Test
    void whileACarrierRunsNothingIsTakenAway() throws InterruptedException {
        blocked = false;
        pending = true;
        watch.arm();
        while (looks.get() < 3) {
            Thread.onSpinWait();
        }
        assertEquals(1, rescued.getCount());
        blocked = true;
        rescued.await();
    }

    /**
     * The watch finds nothing and disarms; it looks once more and again finds nothing. Before it goes to
     * sleep on that a hand-over is queued and arms it.
     */
    @Test
    void armingWhileItDisarmsIsNotLost() throws InterruptedException {
        atSecondLook = () -> {
            pending = true;
            watch.arm();
        };
        watch.arm();
        rescued.await();
    }
}
