package dev.edo.impl.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.impl.driver.Park;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The driver of a current-thread runtime whose clock stands still. */
class PausedTimeTest {
    private static final long START = 12_345;
    private static final long MS = 1_000_000;

    private final ManualTime time = new ManualTime(START);
    private final Clock clock = time.pausedClock();
    private final RecordingPark park = new RecordingPark();
    private final TimeDriver driver = new TimeDriver(clock, park, 1);
    private final CountingWaker waker = new CountingWaker();

    private TestTimer waitingMillis(long millis) {
        return waiting(clock.nanos() + millis * MS);
    }

    private TestTimer waiting(long deadlineNanos) {
        var timer = new TestTimer(driver, 0, deadlineNanos);
        assertFalse(timer.poll(waker));
        return timer;
    }

    @Test
    void jumpsToTheNextTimerExactlyAndFiresItAlone() {
        var second = waiting(START + 10 * MS + 1);
        var first = waiting(START + 10 * MS);
        driver.park(Park.FOREVER);
        assertEquals(START + 10 * MS, clock.nanos());
        assertTrue(first.poll(waker));
        assertFalse(second.poll(waker));
        driver.park(Park.FOREVER);
        assertEquals(START + 10 * MS + 1, clock.nanos());
        assertTrue(second.poll(waker));
        assertEquals(List.of(0L, 0L), park.timeouts);
    }

    @Test
    void isDeterministic() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            long nanos = random.nextLong(1, 1_000_000_000);
            long before = clock.nanos();
            var timer = waiting(before + nanos);
            driver.park(Park.FOREVER);
            assertEquals(before + nanos, clock.nanos());
            assertTrue(timer.poll(waker));
        }
    }

    @Test
    void doesNotJumpBeyondTheCallersLimitNorOnAMereLook() {
        waitingMillis(10);
        driver.park(0);
        assertEquals(START, clock.nanos());
        driver.park(3 * MS);
        assertEquals(START + 3 * MS, clock.nanos());
        assertEquals(0, waker.wakes());
    }

    @Test
    void sleepsInEarnestWhenThereIsNoTimer() {
        driver.park(Park.FOREVER);
        assertEquals(Park.FOREVER, park.lastTimeout());
        assertEquals(START, clock.nanos());
    }

    @Test
    void doesNotJumpWhenATaskWasWokenMeanwhile() {
        waitingMillis(10);
        park.whileParked = driver::unpark;
        driver.park(Park.FOREVER);
        assertEquals(START, clock.nanos());
        park.whileParked = () -> {};
        driver.park(Park.FOREVER);
        assertEquals(START + 10 * MS, clock.nanos());
    }

    @Test
    void waitsForTheUnparkInsteadOfJumpingWhileABlockingJobRuns() {
        waitingMillis(10);
        driver.inhibitAutoAdvance();
        driver.park(Park.FOREVER);
        assertEquals(Park.FOREVER, park.lastTimeout());
        assertEquals(START, clock.nanos());
        driver.allowAutoAdvance();
        assertEquals(1, park.unparks, "the sleeper must look again");
        driver.park(Park.FOREVER); // sees the unpark
        driver.park(Park.FOREVER);
        assertEquals(START + 10 * MS, clock.nanos());
    }

    @Test
    void aJobThatStartsDuringTheLookHoldsTheClock() {
        waitingMillis(10);
        park.whileParked = driver::inhibitAutoAdvance;
        driver.park(Park.FOREVER);
        assertEquals(START, clock.nanos());
    }

    @Test
    void aCancelledTimerDoesNotHoldUpTheOnesAfterIt() {
        var cancelled = waiting(START + 10 * MS);
        waiting(START + 10 * MS + 5);
        cancelled.giveUp();
        for (int parks = 0; waker.wakes() == 0; parks++) {
            assertTrue(parks < 3, "stuck at nanos=" + clock.nanos());
            driver.park(Park.FOREVER);
        }
        assertEquals(START + 10 * MS + 5, clock.nanos());
    }

    @Test
    void jumpsOverYearsIncludingWhatIsBeyondTheWheel() {
        long year = 365L * 24 * 3600 * 1_000_000_000;
        for (long years : new long[] {1, 5, 10, 100}) {
            long deadline = clock.nanos() + years * year;
            var timer = waiting(deadline);
            int before = waker.wakes();
            for (int parks = 0; waker.wakes() == before; parks++) {
                assertTrue(parks < 20, "stuck at nanos=" + clock.nanos());
                driver.park(Park.FOREVER);
            }
            assertEquals(deadline, clock.nanos());
            assertTrue(timer.poll(waker));
        }
    }

    @Test
    void reachesTheEndOfTime() {
        var timer = waiting(Long.MAX_VALUE);
        for (int parks = 0; waker.wakes() == 0; parks++) {
            assertTrue(parks < 100, "stuck at nanos=" + clock.nanos());
            driver.park(Park.FOREVER);
        }
        assertTrue(timer.poll(waker));
    }

    @Test
    void timersOfBeforeThePauseAndAfterTheResumeFire() {
        var running = new TimeDriver(time.clock(), park, 1);
        var timer = new TestTimer(running, 0, START + 10 * MS);
        assertFalse(timer.poll(waker));
        running.pause();
        var exact = new TestTimer(running, 0, START + 5 * MS + 7);
        assertFalse(exact.poll(waker));
        running.park(Park.FOREVER);
        assertTrue(exact.poll(waker));
        running.resume();
        assertFalse(timer.poll(waker));
        time.set(time.getAsLong() + 6 * MS);
        running.park(Park.FOREVER);
        assertTrue(timer.poll(waker));
    }

    @Test
    void advanceFiresWhatCameDueAndThenLetsOthersRun() throws Exception {
        var timer = waitingMillis(10);
        var yields = new int[1];
        Future<@Nullable Void> yieldOnce = cx -> yields[0]++ == 0 ? Poll.pending() : Poll.ready();
        var advance = new AdvanceFuture(driver, 9 * MS, yieldOnce);
        assertEquals(START, clock.nanos());
        var cx = Context.of(waker);
        assertFalse(advance.poll(cx).isReady());
        assertEquals(START + 9 * MS, clock.nanos());
        assertEquals(0, waker.wakes());
        assertTrue(advance.poll(cx).isReady());
        assertEquals(START + 9 * MS, clock.nanos());
        assertThrows(IllegalStateException.class, () -> advance.poll(cx));
        assertFalse(new AdvanceFuture(driver, MS, c -> Poll.pending()).poll(cx).isReady());
        assertEquals(1, waker.wakes());
        assertTrue(timer.poll(waker));
    }

    @Test
    void advanceByLessThanATickAddsUp() {
        var timer = waitingMillis(1);
        for (int i = 0; i < 3; i++) {
            driver.advance(250_000);
            assertFalse(timer.poll(waker));
        }
        driver.advance(250_000);
        assertEquals(1, waker.wakes());
        assertTrue(timer.poll(waker));
    }

    @Test
    void advanceOfARunningClockFails() {
        var running = new TimeDriver(time.clock(), park, 1);
        var advance = new AdvanceFuture(running, MS, cx -> Poll.ready());
        var e = assertThrows(IllegalStateException.class, () -> advance.poll(Context.of(waker)));
        assertTrue(e.getMessage().contains("not paused"), e.getMessage());
    }
}
