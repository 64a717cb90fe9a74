package dev.edo.impl.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edo.impl.contract.Eventually;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StuckWatchTest {
    /** Several samples: enough to see that a watch which should sleep does. */
    private static final Duration A_WHILE = Duration.ofMillis(50);

    private final CountDownLatch rescued = new CountDownLatch(1);
    private final AtomicInteger samples = new AtomicInteger();
    private volatile boolean stuck = true;
    private volatile boolean driven = true;
    private volatile @Nullable Runnable atLookForCarriers;

    private final StuckWatch.Source source = new StuckWatch.Source() {
        @Override
        public boolean isDriven() {
            boolean now = driven;
            var race = atLookForCarriers;
            if (race != null) {
                race.run();
            }
            return now;
        }

        @Override
        public long progress() {
            samples.incrementAndGet();
            return 0;
        }

        @Override
        public boolean isStuck() {
            return stuck;
        }

        @Override
        public void rescue() {
            rescued.countDown();
        }
    };

    private final StuckWatch watch = new StuckWatch(source);

    @AfterEach
    void end() {
        watch.end();
    }

    @Test
    void aHandOverThatNoCarrierCanTakeIsRescued() throws InterruptedException {
        watch.handOverQueued();
        rescued.await();
    }

    @Test
    void whileACarrierMovesNothingIsRescued() throws Exception {
        stuck = false;
        watch.handOverQueued();
        Eventually.until("the watch samples", () -> samples.get() > 6);
        assertEquals(1, rescued.getCount());
        stuck = true;
        rescued.await();
    }

    /** One hand-over has started, another is still on its way through queues and thieves: the watch stays awake. */
    @Test
    void itIsAwakeUntilEveryHandOverHasStarted() throws Exception {
        stuck = false;
        watch.handOverQueued();
        watch.handOverQueued();
        watch.handOverStarted();
        int before = samples.get();
        Eventually.until("the watch goes on sampling", () -> samples.get() > before + 6);
        watch.handOverStarted();
        Eventually.until("the watch sleeps", this::sleeps);
    }

    /**
     * The last hand-over has started and the watch is about to sleep. The next one is queued before it does: it
     * must not sleep on that.
     */
    @Test
    void aHandOverWhileItFallsAsleepIsNotLost() throws Exception {
        for (int round = 0; round < 20; round++) {
            stuck = false;
            watch.handOverQueued();
            watch.handOverStarted();
            watch.handOverQueued();
            int before = samples.get();
            Eventually.until("the watch is awake", () -> samples.get() > before + 2);
            watch.handOverStarted();
        }
        stuck = true;
        watch.handOverQueued();
        rescued.await();
    }

    /**
     * Nobody drives the scheduler, so the hand-overs have to wait, and the watch with them. When somebody comes it
     * goes on.
     */
    @Test
    void withoutCarriersItSleepsUntilOneComes() throws Exception {
        driven = false;
        watch.handOverQueued();
        Eventually.until("the watch sleeps", this::sleeps);
        assertEquals(1, rescued.getCount());
        driven = true;
        watch.resume();
        rescued.await();
    }

    /** The watch finds nobody who drives the scheduler. Before it sleeps on that somebody comes. */
    @Test
    void aCarrierThatComesWhileItFallsAsleepIsNotOverlooked() throws InterruptedException {
        driven = false;
        atLookForCarriers = () -> {
            atLookForCarriers = null;
            driven = true;
            watch.resume();
        };
        watch.handOverQueued();
        rescued.await();
    }

    /**
     * The system has no more threads when the first hand-over asks for the watch. Were it to fail, the virtual thread
     * would never be mounted again: the JDK tries again after a while, and finds the thread noted as queued.
     */
    @Test
    void aHandOverDoesNotFailForWantOfAThreadAndALaterOneStartsIt() throws InterruptedException {
        var refusals = new AtomicInteger(1);
        var late = new StuckWatch(source, body -> refusals.getAndDecrement() > 0
                ? new Thread(body) {
                    @Override
                    public void start() {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                }
                : Thread.ofPlatform().daemon().unstarted(body));
        try {
            late.handOverQueued();
            assertEquals(0, refusals.get());
            assertEquals(1, rescued.getCount());
            late.handOverQueued();
            rescued.await();
        } finally {
            late.end();
        }
    }

    private boolean sleeps() throws Exception {
        int before = samples.get();
        return !Eventually.within(A_WHILE, () -> samples.get() != before);
    }
}
