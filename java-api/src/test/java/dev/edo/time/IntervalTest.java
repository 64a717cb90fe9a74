package dev.edo.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** The scenarios of Tokio's tests/time_interval.rs; times are in milliseconds after the start. */
class IntervalTest {
    private static final long START = 1_000;

    private final FakeTime time = new FakeTime(START);
    private final Instant start = time.now();
    private final int[] wakes = new int[1];
    private final Context cx = Context.of(() -> wakes[0]++);

    private Interval interval(long periodMillis) {
        return new Interval(time.sleepUntil(start), Duration.ofMillis(periodMillis), time::now);
    }

    private Instant after(long millis) {
        return start.plus(Duration.ofMillis(millis));
    }

    /** Expects these ticks to be ready now, and no other. */
    private void expect(Interval interval, long... ticks) {
        for (long tick : ticks) {
            assertEquals(Poll.ready(after(tick)), interval.pollTick(cx));
        }
        assertFalse(interval.pollTick(cx).isReady());
    }

    @Test
    void burstMakesUpForMissedTicksAtOnce() {
        var interval = interval(300);
        time.advanceMillis(1);
        expect(interval, 0);
        time.advanceMillis(100);
        expect(interval);
        time.advanceMillis(200);
        expect(interval, 300);
        time.advanceMillis(650);
        expect(interval, 600, 900);
        time.advanceMillis(200);
        expect(interval);
        time.advanceMillis(100);
        expect(interval, 1200);
        time.advanceMillis(250);
        expect(interval, 1500);
        time.advanceMillis(300);
        expect(interval, 1800);
    }

    @Test
    void delayStartsANewScheduleAtTheLateTick() {
        var interval = interval(300).missedTickBehavior(MissedTickBehavior.DELAY);
        time.advanceMillis(1);
        expect(interval, 0);
        time.advanceMillis(300);
        expect(interval, 300);
        time.advanceMillis(650);
        expect(interval, 600); // taken at 951
        time.advanceMillis(299);
        expect(interval);
        time.advanceMillis(1);
        expect(interval, 1251);
        time.advanceMillis(300);
        expect(interval, 1551);
        time.advanceMillis(300);
        expect(interval, 1851);
    }

    @Test
    void skipKeepsTheScheduleAndDropsMissedTicks() {
        var interval = interval(300).missedTickBehavior(MissedTickBehavior.SKIP);
        time.advanceMillis(1);
        expect(interval, 0);
        time.advanceMillis(300);
        expect(interval, 300);
        time.advanceMillis(650);
        expect(interval, 600); // taken at 951: 900 is dropped
        time.advanceMillis(250);
        expect(interval, 1200);
        time.advanceMillis(300);
        expect(interval, 1500);
        time.advanceMillis(300);
        expect(interval, 1800);
    }

    @Test
    void resetTicksOnePeriodFromNow() {
        var interval = interval(300);
        expect(interval, 0);
        time.advanceMillis(400);
        expect(interval, 300);
        interval.reset();
        time.advanceMillis(299);
        expect(interval);
        time.advanceMillis(1);
        expect(interval, 700);
        time.advanceMillis(300);
        expect(interval, 1000);
    }

    @Test
    void resetImmediatelyTicksNow() {
        var interval = interval(300);
        expect(interval, 0);
        time.advanceMillis(100);
        interval.resetImmediately();
        expect(interval, 100);
        time.advanceMillis(300);
        expect(interval, 400);
    }

    @Test
    void resetAfterTicksAfterAWhileAndThenOncePerPeriod() {
        var interval = interval(300);
        expect(interval, 0);
        time.advanceMillis(100);
        interval.resetAfter(Duration.ofMillis(20));
        expect(interval);
        time.advanceMillis(20);
        expect(interval, 120);
        time.advanceMillis(300);
        expect(interval, 420);
    }

    @Test
    void resetAtMayGoBeyondThePeriodOrNot() {
        var interval = interval(300);
        expect(interval, 0);
        interval.resetAt(after(40));
        expect(interval);
        time.advanceMillis(40);
        expect(interval, 40);
        interval.resetAt(after(1400));
        time.advanceMillis(1359);
        expect(interval);
        time.advanceMillis(1);
        expect(interval, 1400);
        time.advanceMillis(300);
        expect(interval, 1700);
    }

    @Test
    void anEndlessPeriodTicksOnceAndThenNotForYears() {
        var endless = Duration.ofSeconds(Long.MAX_VALUE);
        var interval = new Interval(time.sleepUntil(start), endless, time::now);
        expect(interval, 0);
        assertEquals(start.plus(Duration.ofDays(365 * 30)), time.sleeps.getFirst().deadline());
        assertEquals(endless, interval.period());
    }

    @Test
    void aReadyTickRegistersNobodyForTheNextOne() {
        var interval = interval(10);
        assertTrue(interval.pollTick(cx).isReady());
        assertNull(time.sleeps.getFirst().waker);
        time.advanceMillis(10);
        assertEquals(0, wakes[0]);
    }

    @Test
    void aPendingTickIsWoken() {
        var interval = interval(10);
        expect(interval, 0);
        time.advanceMillis(10);
        assertEquals(1, wakes[0]);
    }

    @Test
    void aPeriodThatIsNotPositiveIsRejectedBeforeAnythingElse() {
        for (var period : new Duration[] {Duration.ZERO, Duration.ofMillis(-1)}) {
            var of = assertThrows(IllegalArgumentException.class, () -> Interval.of(period));
            assertTrue(of.getMessage().contains("period=" + period), of.getMessage());
            assertThrows(IllegalArgumentException.class, () -> Interval.startingAt(start, period));
        }
    }

    @Test
    void aTickFutureGivesOneTick() throws Exception {
        var interval = interval(300);
        var tick = interval.tick();
        assertEquals(Poll.ready(start), tick.poll(cx));
        assertThrows(IllegalStateException.class, () -> tick.poll(cx));
        tick.cancel();
        time.advanceMillis(300);
        assertEquals(Poll.ready(after(300)), interval.tick().poll(cx));
    }

    @Test
    void aCancelledTickFutureLeavesNoWakerAndLosesNoTick() throws Exception {
        var interval = interval(300);
        expect(interval, 0);
        var abandoned = interval.tick();
        assertFalse(abandoned.poll(cx).isReady());
        assertNotNull(time.sleeps.getFirst().waker);
        abandoned.cancel();
        abandoned.cancel();
        assertNull(time.sleeps.getFirst().waker);
        assertThrows(IllegalStateException.class, () -> abandoned.poll(cx));
        time.advanceMillis(300);
        assertEquals(Poll.ready(after(300)), interval.tick().poll(cx));
    }

    /** A task that was aborted gives its tick up when it runs next, when somebody else may wait already. */
    @Test
    void aTickThatIsGivenUpLateLeavesTheNextOneAlone() throws Exception {
        var interval = interval(300);
        expect(interval, 0);
        var older = interval.tick();
        var newer = interval.tick();
        assertFalse(older.poll(Context.of(() -> {})).isReady());
        assertFalse(newer.poll(cx).isReady());
        older.cancel();
        time.advanceMillis(300);
        assertEquals(1, wakes[0]);
        assertEquals(Poll.ready(after(300)), newer.poll(cx));
    }

    /** The same on two threads at once: the sleep is the older one's for a moment. */
    @Test
    void aTickThatIsPolledWhileAnotherOneIsGivenUpTriesAgain() throws Exception {
        var interval = interval(300);
        expect(interval, 0);
        var older = interval.tick();
        assertFalse(older.poll(Context.of(() -> {})).isReady());
        var sleep = time.sleeps.getFirst();
        var beside = new ArrayList<Poll<Instant>>();
        sleep.meanwhile = () -> beside.add(interval.pollTick(cx));
        older.cancel();
        assertFalse(beside.getFirst().isReady());
        assertEquals(1, wakes[0]);
        expect(interval);
        time.advanceMillis(300);
        assertEquals(2, wakes[0]);
        expect(interval, 300);
    }

    /** A reset at that moment is the newer one, and must not be undone by putting the old schedule back. */
    @Test
    void aResetWhileATickIsGivenUpStays() throws Exception {
        var interval = interval(300);
        expect(interval, 0);
        var given = interval.tick();
        assertFalse(given.poll(cx).isReady());
        time.advanceMillis(100);
        time.sleeps.getFirst().meanwhile = interval::reset;
        given.cancel();
        time.advanceMillis(200);
        expect(interval);
        time.advanceMillis(100);
        expect(interval, 400);
    }

    @Test
    void cancellingATickThatWasNeverPolledTouchesNothing() {
        var interval = interval(300);
        interval.tick().cancel();
        assertEquals(0, time.sleeps.getFirst().cancels);
        expect(interval, 0);
    }

    @Test
    void withoutABehaviorTheOldOneStays() {
        var interval = interval(300).missedTickBehavior(MissedTickBehavior.SKIP);
        var thrown = assertThrows(NullPointerException.class, () -> interval.missedTickBehavior(null));
        assertEquals("behavior", thrown.getMessage());
        assertEquals(MissedTickBehavior.SKIP, interval.missedTickBehavior());
    }
}
