package dev.edo.time;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimeoutTest {
    private final FakeTime time = new FakeTime(1_000);
    private final Inner inner = new Inner();
    private final Context cx = Context.of(() -> {});

    /** Completes when told. */
    private static final class Inner implements Future<String> {
        @Nullable String value;
        @Nullable Exception failure;
        int polls;
        int cancels;

        @Override
        public Poll<String> poll(Context cx) throws Exception {
            polls++;
            if (failure != null) {
                throw failure;
            }
            return value == null ? Poll.pending() : Poll.ready(value);
        }

        @Override
        public void cancel() {
            cancels++;
        }
    }

    /** A budget that the test sets. */
    private static final class Budget implements Context {
        int left;

        Budget(int left) {
            this.left = left;
        }

        @Override
        public Waker waker() {
            return () -> {};
        }

        @Override
        public boolean pollProceed() {
            return left > 0;
        }

        @Override
        public void madeProgress() {
            left--;
        }
    }

    private Timeout<String> limited(Future<String> future, long millis) {
        var limit = Duration.ofMillis(millis);
        return new Timeout<>(future, time.sleepUntil(time.now().plus(limit)), limit);
    }

    private FakeTime.FakeSleep sleep() {
        return time.sleeps.getFirst();
    }

    @Test
    void withoutAFutureThereIsNothingToWaitFor() {
        assertEquals("future", assertThrows(NullPointerException.class, () -> limited(null, 5)).getMessage());
    }

    @Test
    void whatIsReadyWinsOverADeadlineThatHasPassed() throws Exception {
        inner.value = "done";
        for (long millis : new long[] {0, -1000, 1000}) {
            assertEquals(Poll.ready("done"), limited(inner, millis).poll(cx));
        }
    }

    @Test
    void completesInTimeAndTakesItsTimerBack() throws Exception {
        var timeout = limited(inner, 100);
        assertFalse(timeout.poll(cx).isReady());
        time.advanceMillis(90);
        assertFalse(timeout.poll(cx).isReady());
        inner.value = "done";
        assertEquals(Poll.ready("done"), timeout.poll(cx));
        assertNull(sleep().waker);
        assertEquals(1, sleep().cancels);
        assertEquals(0, inner.cancels);
    }

    @Test
    void failsWithElapsedAndCancelsTheFutureOnce() throws Exception {
        var woken = new int[1];
        var timeout = limited(inner, 300);
        assertFalse(timeout.poll(Context.of(() -> woken[0]++)).isReady());
        time.advanceMillis(300);
        assertEquals(1, woken[0]);
        var e = assertThrows(Elapsed.class, () -> timeout.poll(cx));
        assertTrue(e.getMessage().contains("PT0.3S"), e.getMessage());
        assertEquals(1, inner.cancels);
        timeout.cancel();
        assertEquals(1, inner.cancels);
    }

    @Test
    void onceElapsedItStaysSoAndAsksTheFutureNoMore() {
        var timeout = limited(inner, 0);
        assertThrows(Elapsed.class, () -> timeout.poll(cx));
        inner.value = "too late";
        var budget = new Budget(1);
        var again = assertThrows(Elapsed.class, () -> timeout.poll(budget));
        assertTrue(again.getMessage().contains("PT0S"), again.getMessage());
        assertEquals(0, budget.left, "a loop over it yields now and then");
        assertEquals(Poll.pending(), assertDoesNotThrow(() -> timeout.poll(budget)));
        assertEquals(1, inner.polls);
        assertEquals(1, inner.cancels);
    }

    @Test
    void polledAfterItCompletedItSaysSo() throws Exception {
        inner.value = "done";
        var timeout = limited(inner, 100);
        assertTrue(timeout.poll(cx).isReady());
        var e = assertThrows(IllegalStateException.class, () -> timeout.poll(cx));
        assertTrue(e.getMessage().contains("after it completed"), e.getMessage());
    }

    @Test
    void aDeadlineOfNowLeavesOnePoll() {
        var timeout = limited(inner, 0);
        assertThrows(Elapsed.class, () -> timeout.poll(cx));
        assertEquals(1, inner.polls);
    }

    @Test
    void aFixedDeadlineIsNamedInTheError() {
        var timeout = new Timeout<>(inner, time.sleepUntil(new Instant(42)), null);
        var e = assertThrows(Elapsed.class, () -> timeout.poll(cx));
        assertTrue(e.getMessage().contains("nanos=42"), e.getMessage());
    }

    @Test
    void aFailureOfTheFutureIsPassedOnAndTheTimerTakenBack() throws Exception {
        var timeout = limited(inner, 100);
        assertFalse(timeout.poll(cx).isReady());
        inner.failure = new IOException("broken");
        assertSame(inner.failure, assertThrows(IOException.class, () -> timeout.poll(cx)));
        assertNull(sleep().waker);
        assertEquals(0, inner.cancels);
        assertThrows(IllegalStateException.class, () -> timeout.poll(cx));
    }

    @Test
    void aTimerThatCannotFireFailsItAndCancelsTheFuture() {
        var timeout = limited(inner, 100);
        sleep().over = true; // as after the shutdown of the runtime: its poll throws
        assertThrows(IllegalStateException.class, () -> timeout.poll(cx));
        assertEquals(1, inner.cancels);
    }

    @Test
    void cancelCancelsBothOnce() throws Exception {
        var timeout = limited(inner, 100);
        assertFalse(timeout.poll(cx).isReady());
        timeout.cancel();
        timeout.cancel();
        assertEquals(1, inner.cancels);
        assertEquals(1, sleep().cancels);
        assertThrows(IllegalStateException.class, () -> timeout.poll(cx));
    }

    @Test
    void aFutureThatAlwaysUsesUpTheBudgetStillTimesOut() throws Exception {
        // Each poll of the future eats the whole budget, so the timer never finds any left.
        Future<String> greedy = cx -> {
            while (cx.pollProceed()) {
                cx.madeProgress();
            }
            return Poll.pending();
        };
        var timeout = limited(greedy, 100);
        assertFalse(timeout.poll(new Budget(3)).isReady());
        time.advanceMillis(100);
        assertThrows(Elapsed.class, () -> timeout.poll(new Budget(3)));
    }

    @Test
    void withoutBudgetFromTheStartTheTimerIsNotLookedAt() throws Exception {
        // Else a loop over timeouts that elapse at once would never let another task run.
        var timeout = limited(inner, 0);
        assertFalse(timeout.poll(new Budget(0)).isReady());
        assertThrows(Elapsed.class, () -> timeout.poll(new Budget(1)));
    }
}
