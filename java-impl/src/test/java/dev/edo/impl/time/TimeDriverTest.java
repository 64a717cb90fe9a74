package dev.edo.impl.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.impl.driver.Park;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeDriverTest {
    private static final long TICK = 1L << Wheel.TICK_SHIFT;
    private static final int OWN = 0;
    private static final int OTHER = 1;
    private static final int SHARED = 2;

    private final ManualTime time = new ManualTime(TICK);
    private final RecordingPark park = new RecordingPark();
    private final TimeDriver driver = new TimeDriver(time.clock(), park, 3);
    private final CountingWaker waker = new CountingWaker();

    private TestTimer waiting(int shard, long deadlineNanos) {
        var timer = new TestTimer(driver, shard, deadlineNanos);
        assertFalse(timer.poll(waker));
        return timer;
    }

    @Test
    void sleepsWithoutLimitWhenThereIsNoTimer() {
        driver.park(Park.FOREVER);
        assertEquals(Park.FOREVER, park.lastTimeout());
        driver.park(1234);
        assertEquals(1234, park.lastTimeout());
        driver.park(0);
        assertEquals(0, park.lastTimeout());
    }

    @Test
    void sleepsUntilTheEarliestTimerOfAnyShard() {
        waiting(SHARED, 300 * TICK);
        driver.park(Park.FOREVER);
        assertEquals(299 * TICK, park.lastTimeout());
        waiting(OTHER, 200 * TICK);
        driver.park(Park.FOREVER);
        assertEquals(199 * TICK, park.lastTimeout());
        waiting(OWN, 100 * TICK - 5);
        driver.park(Park.FOREVER);
        assertEquals(99 * TICK, park.lastTimeout());
    }

    @Test
    void theCallersLimitWinsWhenItIsShorter() {
        waiting(OWN, 100 * TICK);
        driver.park(10);
        assertEquals(10, park.lastTimeout());
        driver.park(Long.MAX_VALUE);
        assertEquals(99 * TICK, park.lastTimeout());
    }

    @Test
    void anOverdueTimerDoesNotLetItSleep() {
        waiting(OWN, 100 * TICK);
        time.set(100 * TICK);
        driver.park(Park.FOREVER);
        assertEquals(0, park.lastTimeout());
        assertEquals(1, waker.wakes());
    }

    @Test
    void firesInAllShardsAfterThePark() {
        waiting(OWN, 100 * TICK);
        waiting(OTHER, 100 * TICK);
        waiting(SHARED, 100 * TICK);
        park.whileParked = () -> time.set(100 * TICK);
        driver.park(Park.FOREVER);
        assertEquals(3, waker.wakes());
    }

    @Test
    void moreTimersThanABatchHoldsFireInOnePark() {
        for (int i = 0; i < 1000; i++) {
            waiting(i % 3, (2 + i % 50) * TICK);
        }
        time.set(60 * TICK);
        driver.park(0);
        assertEquals(1000, waker.wakes());
    }

    @Test
    void aWorkerFiresItsOwnShardOnly() {
        waiting(OWN, 100 * TICK);
        waiting(OTHER, 100 * TICK);
        time.set(100 * TICK);
        assertEquals(0, driver.nanosToNext(OWN));
        driver.processShard(OWN);
        assertEquals(1, waker.wakes());
        assertEquals(Park.FOREVER, driver.nanosToNext(OWN));
        driver.processShard(OTHER);
        assertEquals(2, waker.wakes());
    }

    @Test
    void aWorkersOwnTimerUnparksNobody() {
        park.whileParked = () -> waiting(OWN, 5 * TICK);
        driver.park(Park.FOREVER);
        assertEquals(0, park.unparks);
    }

    @Test
    void anEarlierTimerFromOutsideUnparksTheSleeper() {
        waiting(OWN, 100 * TICK);
        park.whileParked = () -> waiting(SHARED, 50 * TICK);
        driver.park(Park.FOREVER);
        assertEquals(1, park.unparks);
    }

    @Test
    void aLaterTimerFromOutsideUnparksNobody() {
        waiting(OWN, 100 * TICK);
        park.whileParked = () -> waiting(SHARED, 150 * TICK);
        driver.park(Park.FOREVER);
        assertEquals(0, park.unparks);
    }

    @Test
    void aTimerFromOutsideUnparksNobodyWhileTheDriverIsAwake() {
        waiting(SHARED, 50 * TICK);
        driver.park(Park.FOREVER);
        waiting(SHARED, 20 * TICK);
        assertEquals(0, park.unparks);
    }

    @Test
    void aResetFromOutsideToAnEarlierDeadlineUnparksTheSleeper() {
        var timer = waiting(OWN, 100 * TICK);
        park.whileParked = () -> {
            timer.migrateTo(SHARED);
            timer.moveTo(50 * TICK);
        };
        driver.park(Park.FOREVER);
        assertEquals(1, park.unparks);
    }

    @Test
    void aCancelledTimerNoLongerEndsTheSleep() {
        waiting(OWN, 100 * TICK).giveUp();
        driver.park(Park.FOREVER);
        assertEquals(List.of(Park.FOREVER), park.timeouts);
    }

    @Test
    void countsTheTimersThatWait() {
        assertEquals(0, driver.registeredCount());
        var unpolled = new TestTimer(driver, OWN, 100 * TICK);
        var first = waiting(OWN, 100 * TICK);
        var second = waiting(OTHER, 200 * TICK);
        var third = waiting(SHARED, 300 * TICK);
        var passed = new TestTimer(driver, OWN, 0);
        assertTrue(passed.poll(waker));
        assertEquals(3, driver.registeredCount());
        assertFalse(first.poll(new CountingWaker()));
        first.moveTo(50 * TICK);
        second.migrateTo(SHARED);
        second.moveTo(150 * TICK); // from one shard to another
        assertEquals(3, driver.registeredCount());
        third.giveUp();
        third.giveUp();
        assertEquals(2, driver.registeredCount());
        time.set(50 * TICK);
        driver.park(0);
        assertEquals(1, driver.registeredCount());
        assertFalse(unpolled.poll(waker));
        unpolled.moveTo(0);
        assertEquals(1, driver.registeredCount());
        driver.shutdown();
        assertEquals(0, driver.registeredCount());
    }

    @Test
    void shutdownReachesTheInnerPark() {
        driver.shutdown();
        assertEquals(1, park.shutdowns);
    }

    @Test
    void needsAShard() {
        var e = assertThrows(IllegalArgumentException.class,
                () -> new TimeDriver(time.clock(), park, 0));
        assertTrue(e.getMessage().contains("shards=0"), e.getMessage());
    }
}
