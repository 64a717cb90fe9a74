package dev.edo.impl.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import dev.edo.impl.driver.Park;
import org.junit.jupiter.api.Test;

class TimerEntryTest {
    private static final long TICK = 1L << Wheel.TICK_SHIFT;

    private final ManualTime time = new ManualTime(TICK);
    private final RecordingPark park = new RecordingPark();
    private final TimeDriver driver = new TimeDriver(time.clock(), park, 3);
    private final CountingWaker waker = new CountingWaker();

    private TestTimer timer(long deadlineNanos) {
        return new TestTimer(driver, 0, deadlineNanos);
    }

    private void fireAt(long nanos) {
        time.set(nanos);
        driver.park(0);
    }

    @Test
    void isInNoWheelBeforeItsFirstPendingPoll() {
        timer(100 * TICK);
        assertEquals(Park.FOREVER, driver.nanosToNext(0));
    }

    @Test
    void aPassedDeadlineCompletesAtTheFirstPollWithoutTheWheel() {
        for (long deadline : new long[] {Long.MIN_VALUE, -1, 0, 1, TICK}) {
            var timer = timer(deadline);
            assertFalse(timer.hasElapsed(), "it was not asked yet");
            assertTrue(timer.poll(waker), "deadline=" + deadline);
            assertTrue(timer.hasElapsed());
        }
        assertEquals(Park.FOREVER, driver.nanosToNext(0));
    }

    @Test
    void firesAtItsDeadlineAndWakesOnce() {
        var timer = timer(100 * TICK);
        assertFalse(timer.poll(waker));
        fireAt(100 * TICK - 1);
        assertEquals(0, waker.wakes());
        assertFalse(timer.hasElapsed());
        fireAt(100 * TICK);
        assertEquals(1, waker.wakes());
        assertTrue(timer.hasElapsed());
        assertTrue(timer.poll(waker));
        fireAt(200 * TICK);
        assertEquals(1, waker.wakes());
    }

    @Test
    void staysReadyUntilReset() {
        for (long deadline : new long[] {0, 100 * TICK}) {
            var timer = timer(deadline);
            assertEquals(deadline == 0, timer.poll(waker));
            fireAt(100 * TICK);
            for (int i = 0; i < 3; i++) {
                assertTrue(timer.poll(waker), "deadline=" + deadline);
                assertTrue(timer.hasElapsed());
            }
            timer.giveUp(); // there is nothing left to give up
            assertTrue(timer.poll(waker));
            timer.moveTo(700 * TICK);
            assertFalse(timer.hasElapsed());
            assertFalse(timer.poll(waker));
            assertFalse(timer.poll(waker));
            timer.giveUp();
            time.set(TICK);
        }
    }

    @Test
    void wakesTheWakerOfTheLastPollOnly() {
        var timer = timer(100 * TICK);
        var latest = new CountingWaker();
        assertFalse(timer.poll(waker));
        assertFalse(timer.poll(latest));
        assertFalse(timer.poll(latest));
        fireAt(100 * TICK);
        assertEquals(0, waker.wakes());
        assertEquals(1, latest.wakes());
    }

    @Test
    void cancelTakesItOffTheWheel() {
        var timer = timer(100 * TICK);
        assertFalse(timer.poll(waker));
        timer.giveUp();
        timer.giveUp();
        assertEquals(Park.FOREVER, driver.nanosToNext(0));
        fireAt(200 * TICK);
        assertEquals(0, waker.wakes());
        assertFalse(timer.hasElapsed());
        var e = assertThrows(IllegalStateException.class, () -> timer.poll(waker));
        assertTrue(e.getMessage().contains("cancelled"), e.getMessage());
    }

    @Test
    void cancellingTheEarliestPublishesTheNextOne() {
        var first = timer(100 * TICK);
        assertFalse(first.poll(waker));
        assertFalse(timer(300 * TICK).poll(waker));
        assertEquals(99 * TICK, driver.nanosToNext(0));
        first.giveUp();
        assertEquals(299 * TICK, driver.nanosToNext(0));
    }

    @Test
    void resetBeforeTheFirstPollOnlyMovesTheDeadline() {
        var timer = timer(100 * TICK);
        timer.moveTo(50 * TICK);
        assertEquals(Park.FOREVER, driver.nanosToNext(0));
        assertFalse(timer.poll(waker));
        fireAt(50 * TICK);
        assertTrue(timer.poll(waker));
    }

    @Test
    void resetWhileWaitingKeepsTheWaker() {
        var timer = timer(100 * TICK);
        assertFalse(timer.poll(waker));
        timer.moveTo(200 * TICK);
        fireAt(199 * TICK);
        assertEquals(0, waker.wakes());
        fireAt(200 * TICK);
        assertEquals(1, waker.wakes());
        assertTrue(timer.poll(waker));
    }

    @Test
    void resetToAnEarlierDeadlineFiresThen() {
        var timer = timer(100 * TICK);
        assertFalse(timer.poll(waker));
        time.set(10 * TICK);
        timer.moveTo(80 * TICK);
        fireAt(79 * TICK);
        assertEquals(0, waker.wakes());
        fireAt(80 * TICK);
        assertEquals(1, waker.wakes());
        assertTrue(timer.poll(waker));
        fireAt(100 * TICK);
        assertEquals(1, waker.wakes());
    }

    @Test
    void resetToThePastWakesAtOnce() {
        var timer = timer(100 * TICK);
        assertFalse(timer.poll(waker));
        timer.moveTo(0);
        assertEquals(1, waker.wakes());
        assertTrue(timer.hasElapsed());
        assertTrue(timer.poll(waker));
        assertEquals(Park.FOREVER, driver.nanosToNext(0));
    }

    @Test
    void resetAfterItFiredOrCompletedOrWasCancelledArmsItAgain() {
        var timer = timer(100 * TICK);
        assertFalse(timer.poll(waker));
        fireAt(100 * TICK);
        timer.moveTo(200 * TICK); // fired, not polled
        assertFalse(timer.hasElapsed());
        assertFalse(timer.poll(waker));
        fireAt(200 * TICK);
        assertTrue(timer.poll(waker));
        timer.moveTo(300 * TICK); // completed
        assertFalse(timer.poll(waker));
        timer.giveUp();
        timer.moveTo(250 * TICK); // cancelled
        assertFalse(timer.poll(waker));
        fireAt(250 * TICK);
        assertTrue(timer.poll(waker));
    }

    @Test
    void aResetOnAnotherWorkerMovesTheTimerToThatWorkersShard() {
        // The old worker may be asleep until its own next timer, and would sleep through the new
        // deadline.
        var timer = timer(1000 * TICK);
        assertFalse(timer.poll(waker));
        timer.migrateTo(1);
        timer.moveTo(100 * TICK);
        assertEquals(Park.FOREVER, driver.nanosToNext(0));
        assertEquals(99 * TICK, driver.nanosToNext(1));
    }

    @Test
    void cancelFromAnotherThreadFindsTheShardItIsIn() {
        var timer = timer(1000 * TICK);
        assertFalse(timer.poll(waker));
        timer.migrateTo(2);
        timer.giveUp();
        assertEquals(Park.FOREVER, driver.nanosToNext(0));
    }

    @Test
    void anEndlessDeadlineDoesNotOverflow() {
        var timer = timer(Long.MAX_VALUE);
        assertFalse(timer.poll(waker));
        assertTrue(driver.nanosToNext(0) > 0);
        fireAt(Wheel.MAX_DEADLINE_NANOS);
        assertEquals(1, waker.wakes());
    }

    @Test
    void withoutBudgetItNeitherCompletesNorRegisters() {
        Context broke = new Context() {
            @Override
            public Waker waker() {
                return waker;
            }

            @Override
            public boolean pollProceed() {
                return false;
            }
        };
        assertFalse(timer(0).pollElapsed(broke).isReady());
        assertFalse(timer(100 * TICK).pollElapsed(broke).isReady());
        assertEquals(Park.FOREVER, driver.nanosToNext(0));
    }

    @Test
    void onlyACompletedPollCountsAgainstTheBudget() {
        var spent = new int[1];
        Context counting = new Context() {
            @Override
            public Waker waker() {
                return waker;
            }

            @Override
            public void madeProgress() {
                spent[0]++;
            }
        };
        var timer = timer(100 * TICK);
        assertFalse(timer.pollElapsed(counting).isReady());
        assertFalse(timer.pollElapsed(counting).isReady());
        assertEquals(0, spent[0]);
        fireAt(100 * TICK);
        assertTrue(timer.pollElapsed(counting).isReady());
        assertEquals(1, spent[0]);
        assertTrue(timer.pollElapsed(counting).isReady());
        assertEquals(2, spent[0], "one that stays ready costs as much each time");
    }

    @Test
    void timersDroppedByAWakerOfTheSameBatchAreLeftAlone() {
        // Tokio's drop_from_wake: a waker that is called cancels all the other timers, fired or
        // not.
        var timers = new TestTimer[100];
        Waker dropsAll = () -> {
            for (var timer : timers) {
                timer.giveUp();
            }
        };
        for (int i = 0; i < timers.length; i++) {
            timers[i] = timer(10 * TICK);
            assertFalse(timers[i].poll(dropsAll));
        }
        fireAt(11 * TICK);
        assertEquals(Park.FOREVER, driver.nanosToNext(0));
    }

    @Test
    void aWakerThatThrowsDoesNotKeepTheOthersFromBeingWoken() {
        assertFalse(timer(10 * TICK).poll(() -> {
            throw new IllegalStateException("broken waker");
        }));
        assertFalse(timer(10 * TICK).poll(waker));
        fireAt(10 * TICK);
        assertEquals(1, waker.wakes());
    }

    @Test
    void shutdownWakesWhatIsPendingAndItsPollThrows() {
        var near = timer(10 * TICK);
        var far = timer(Long.MAX_VALUE);
        assertFalse(near.poll(waker));
        assertFalse(far.poll(waker));
        driver.shutdown();
        driver.shutdown();
        assertEquals(2, waker.wakes());
        for (var timer : new TestTimer[] {near, far, timer(20 * TICK)}) {
            for (int i = 0; i < 2; i++) {
                var e = assertThrows(IllegalStateException.class, () -> timer.poll(waker));
                assertTrue(e.getMessage().contains("runtime has been shut down"), e.getMessage());
            }
            assertFalse(timer.hasElapsed());
            timer.giveUp();
        }
    }

    @Test
    void resetAfterShutdownWakesNobodyAndThrowsAtThePoll() {
        var timer = timer(10 * TICK);
        assertFalse(timer.poll(waker));
        driver.shutdown();
        timer.moveTo(20 * TICK);
        assertEquals(1, waker.wakes());
        assertThrows(IllegalStateException.class, () -> timer.poll(waker));
    }
}
