package dev.edo.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.internal.OwnedWaker;
import dev.edo.task.Action;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is counted of a future, on a clock that moves only when told. */
class TaskMonitorTest {
    private static final long SLOW = 1_000;
    private static final long LONG = 2_000;

    private final ManualClock clock = new ManualClock(7_000_000);

    /** The clock of whoever calls the monitor. */
    private LongSupplier current = clock;

    private final TaskMonitor monitor = new TaskMonitor(TaskMonitor.builder()
            .slowPollThreshold(Duration.ofNanos(SLOW))
            .longDelayThreshold(Duration.ofNanos(LONG)), () -> current);
    private final ScriptedFuture inner = new ScriptedFuture();
    private final Poller poller = new Poller();

    private Future<@Nullable String> instrumented() {
        return monitor.instrument(inner);
    }

    private TaskMetrics metrics() {
        return monitor.cumulative();
    }

    private static Duration nanos(long nanos) {
        return Duration.ofNanos(nanos);
    }

    private ScriptedFuture.Step taking(long nanos, Poll<@Nullable String> result) {
        return cx -> {
            clock.advance(nanos);
            return result;
        };
    }

    // --- the life of a future

    @Test
    void aFutureIsInstrumentedBeforeItIsPolledAndDroppedWhenItCompletes() throws Exception {
        var future = instrumented();
        assertEquals(1, metrics().instrumentedCount());
        assertEquals(0, metrics().firstPollCount());
        assertEquals(0, metrics().totalPollCount());

        assertFalse(future.poll(poller).isReady());
        assertEquals(1, metrics().firstPollCount());
        assertEquals(1, metrics().totalPollCount());
        assertEquals(0, metrics().droppedCount());

        inner.step = taking(0, Poll.ready("value"));
        assertEquals(Poll.ready("value"), future.poll(poller));
        assertEquals(1, metrics().instrumentedCount());
        assertEquals(1, metrics().firstPollCount());
        assertEquals(2, metrics().totalPollCount());
        assertEquals(1, metrics().droppedCount());
    }

    @Test
    void theDelayOfTheFirstPollCountsWhenThatComes() throws Exception {
        var future = instrumented();
        clock.advance(500);
        assertEquals(Duration.ZERO, metrics().totalFirstPollDelay());

        future.poll(poller);
        assertEquals(nanos(500), metrics().totalFirstPollDelay());

        clock.advance(100);
        future.poll(poller);
        assertEquals(nanos(500), metrics().totalFirstPollDelay());

        var second = monitor.instrument(new ScriptedFuture());
        clock.advance(200);
        second.poll(poller);
        assertEquals(nanos(700), metrics().totalFirstPollDelay());
        assertEquals(nanos(350), metrics().meanFirstPollDelay());
    }

    @Test
    void aFailureIsAPollAndAnEnd() {
        inner.step = cx -> {
            clock.advance(30);
            throw new IOException("broken");
        };
        var future = instrumented();
        assertEquals("broken", assertThrows(IOException.class, () -> future.poll(poller)).getMessage());
        assertEquals(1, metrics().totalPollCount());
        assertEquals(nanos(30), metrics().totalPollDuration());
        assertEquals(1, metrics().droppedCount());
    }

    @Test
    void aPollThatReturnsNullIsLeftToTheExecutor() throws Exception {
        inner.step = cx -> null;
        assertNull(instrumented().poll(poller));
        assertEquals(1, metrics().droppedCount());
    }

    @Test
    void aFutureThatIsCancelledBeforeItsFirstPollIsOnlyDropped() {
        var future = instrumented();
        clock.advance(500);
        future.cancel();
        future.cancel();
        assertEquals(1, inner.cancels);
        assertEquals(1, metrics().instrumentedCount());
        assertEquals(1, metrics().droppedCount());
        assertEquals(0, metrics().firstPollCount());
        assertEquals(Duration.ZERO, metrics().totalFirstPollDelay());
        assertEquals(0, metrics().totalPollCount());
    }

    @Test
    void anEndIsCountedOnceAndPollsAfterItAreNone() throws Exception {
        inner.step = taking(0, Poll.ready("value"));
        var future = instrumented();
        future.poll(poller);
        var message = assertThrows(IllegalStateException.class, () -> future.poll(poller)).getMessage();
        assertTrue(message.contains("instrumented future"), message);
        future.cancel();
        assertEquals(0, inner.cancels);
        assertEquals(1, metrics().droppedCount());
        assertEquals(1, metrics().totalPollCount());
    }

    @Test
    void aCancelThatThrowsIsAnEnd() {
        var future = monitor.instrument(new Future<@Nullable String>() {
            @Override
            public Poll<@Nullable String> poll(Context cx) {
                return Poll.pending();
            }

            @Override
            public void cancel() {
                throw new IllegalStateException("no");
            }
        });
        assertThrows(IllegalStateException.class, future::cancel);
        assertEquals(1, metrics().droppedCount());
    }

    // --- idle and scheduled

    @Test
    void idleIsFromTheEndOfAPollToTheWakeUpAndScheduledFromThereToTheNextPoll() throws Exception {
        var future = instrumented();
        inner.step = taking(10, Poll.pending());
        future.poll(poller);
        clock.advance(300);
        inner.registered().wake();
        assertEquals(1, poller.wakeUps);
        clock.advance(40);
        assertEquals(0, metrics().totalIdledCount());
        assertEquals(0, metrics().totalScheduledCount());

        future.poll(poller);
        var metrics = metrics();
        assertEquals(1, metrics.totalIdledCount());
        assertEquals(nanos(300), metrics.totalIdleDuration());
        assertEquals(nanos(300), metrics.maxIdleDuration());
        assertEquals(1, metrics.totalScheduledCount());
        assertEquals(nanos(40), metrics.totalScheduledDuration());
        assertEquals(nanos(20), metrics.totalPollDuration());
    }

    @Test
    void ofSeveralWakeUpsTheFirstOneEndsTheIdle() throws Exception {
        var future = instrumented();
        future.poll(poller);
        clock.advance(100);
        inner.registered().wake();
        clock.advance(20);
        inner.registered().wake();
        clock.advance(3);
        future.poll(poller);
        assertEquals(2, poller.wakeUps);
        assertEquals(nanos(100), metrics().totalIdleDuration());
        assertEquals(nanos(23), metrics().totalScheduledDuration());
        assertEquals(1, metrics().totalScheduledCount());
    }

    @Test
    void aWakeUpDuringThePollBeginsToWaitWhenThatEnds() throws Exception {
        var future = instrumented();
        inner.step = cx -> {
            cx.waker().wake();
            clock.advance(5_000);
            return Poll.pending();
        };
        future.poll(poller);
        clock.advance(60);
        future.poll(poller);
        assertEquals(0, metrics().totalIdledCount());
        assertEquals(Duration.ZERO, metrics().maxIdleDuration());
        assertEquals(1, metrics().totalScheduledCount());
        assertEquals(nanos(60), metrics().totalScheduledDuration());
        assertEquals(1, metrics().totalShortDelayCount());
    }

    @Test
    void aWakeUpAtTheMomentOfThePollsEndIsNoIdle() throws Exception {
        var future = instrumented();
        future.poll(poller);
        inner.registered().wake();
        future.poll(poller);
        assertEquals(0, metrics().totalIdledCount());
        assertEquals(1, metrics().totalScheduledCount());
        assertEquals(Duration.ZERO, metrics().totalScheduledDuration());
    }

    @Test
    void whoIsPolledWithoutAWakeUpWasNeitherIdleNorScheduled() throws Exception {
        var future = instrumented();
        future.poll(poller);
        clock.advance(100);
        future.poll(poller);
        assertEquals(2, metrics().totalPollCount());
        assertEquals(0, metrics().totalIdledCount());
        assertEquals(0, metrics().totalScheduledCount());

        clock.advance(7); // idle since the second poll
        inner.registered().wake();
        future.poll(poller);
        assertEquals(nanos(7), metrics().totalIdleDuration());
    }

    @Test
    void aWakeUpAfterTheEndCountsForNothing() throws Exception {
        var future = instrumented();
        inner.step = taking(0, Poll.ready("value"));
        future.poll(poller);
        clock.advance(100);
        inner.registered().wake();
        assertEquals(1, poller.wakeUps);
        assertEquals(0, metrics().totalIdledCount());
        assertEquals(0, metrics().totalScheduledCount());
    }

    @Test
    void aRefusalByTheBudgetIsAWakeUp() throws Exception {
        var future = instrumented();
        inner.step = cx -> {
            assertFalse(cx.pollProceed());
            clock.advance(10);
            return Poll.pending();
        };
        poller.hasBudget = false; // which arranges the wake-up by itself
        future.poll(poller);
        clock.advance(25);
        future.poll(poller);
        assertEquals(1, metrics().totalScheduledCount());
        assertEquals(nanos(25), metrics().totalScheduledDuration());
        assertEquals(0, metrics().totalIdledCount());
    }

    // --- thresholds

    @Test
    void aPollIsSlowFromTheThresholdOn() throws Exception {
        var future = instrumented();
        inner.step = taking(SLOW - 1, Poll.pending());
        future.poll(poller);
        inner.step = taking(SLOW, Poll.pending());
        future.poll(poller);
        inner.step = taking(SLOW + 2, Poll.ready("value"));
        future.poll(poller);
        var metrics = metrics();
        assertEquals(1, metrics.totalFastPollCount());
        assertEquals(nanos(SLOW - 1), metrics.totalFastPollDuration());
        assertEquals(nanos(SLOW - 1), metrics.meanFastPollDuration());
        assertEquals(2, metrics.totalSlowPollCount());
        assertEquals(nanos(2 * SLOW + 2), metrics.totalSlowPollDuration());
        assertEquals(nanos(SLOW + 1), metrics.meanSlowPollDuration());
        assertEquals(3, metrics.totalPollCount());
        assertEquals(nanos(3 * SLOW + 1), metrics.totalPollDuration());
        assertEquals(nanos(SLOW), metrics.meanPollDuration());
        assertEquals(2 / 3.0, metrics.slowPollRatio());
    }

    @Test
    void aDelayIsLongFromTheThresholdOn() throws Exception {
        var future = instrumented();
        future.poll(poller);
        for (long delay : new long[] {LONG - 1, LONG, LONG + 2}) {
            clock.advance(50);
            inner.registered().wake();
            clock.advance(delay);
            future.poll(poller);
        }
        var metrics = metrics();
        assertEquals(1, metrics.totalShortDelayCount());
        assertEquals(nanos(LONG - 1), metrics.totalShortDelayDuration());
        assertEquals(nanos(LONG - 1), metrics.meanShortDelayDuration());
        assertEquals(2, metrics.totalLongDelayCount());
        assertEquals(nanos(2 * LONG + 2), metrics.totalLongDelayDuration());
        assertEquals(nanos(LONG + 1), metrics.meanLongDelayDuration());
        assertEquals(3, metrics.totalScheduledCount());
        assertEquals(nanos(LONG), metrics.meanScheduledDuration());
        assertEquals(2 / 3.0, metrics.longDelayRatio());
        assertEquals(3, metrics.totalIdledCount());
        assertEquals(nanos(50), metrics.meanIdleDuration());
    }

    // --- pollers

    @Test
    void aWakerIsTheSameAsLongAsTheSamePollerPolls() throws Exception {
        var future = instrumented();
        future.poll(poller);
        var first = inner.registered();
        future.poll(poller);
        assertSame(first, inner.registered());

        var second = new Poller();
        future.poll(second);
        assertNotSame(first, inner.registered());
        inner.registered().wake();
        assertEquals(0, poller.wakeUps);
        assertEquals(1, second.wakeUps);
    }

    /** A context may make a waker whenever it is asked. */
    @Test
    void aPollerMayHaveAWakerForEachPoll() throws Exception {
        var future = instrumented();
        Context cx = () -> () -> poller.wakeUps++;
        future.poll(cx);
        clock.advance(10);
        inner.registered().wake();
        clock.advance(1);
        future.poll(cx);
        assertEquals(1, poller.wakeUps);
        assertEquals(nanos(10), metrics().totalIdleDuration());
        assertEquals(nanos(1), metrics().totalScheduledDuration());
    }

    @Test
    void aLateCallOfAnEarlierPollersWakerIsNotAWakeUpOfThePresentOne() throws Exception {
        var future = instrumented();
        future.poll(poller);
        var earlier = inner.registered();
        var second = new Poller();
        future.poll(second);
        clock.advance(100);
        earlier.wake();
        assertEquals(1, poller.wakeUps);
        clock.advance(100);
        future.poll(second);
        assertEquals(0, metrics().totalIdledCount());
        assertEquals(0, metrics().totalScheduledCount());
    }

    @Test
    void aWakeUpByTheWakerOfThePollBeforeCountsWhoeverPollsThen() throws Exception {
        var future = instrumented();
        future.poll(poller);
        clock.advance(100);
        inner.registered().wake();
        clock.advance(30);
        future.poll(new Poller());
        assertEquals(nanos(100), metrics().totalIdleDuration());
        assertEquals(nanos(30), metrics().totalScheduledDuration());
    }

    @Test
    void eachSpanIsMeasuredByOneClock() throws Exception {
        var runtimes = new ManualClock(100);
        var future = instrumented();
        clock.advance(500);
        current = runtimes;
        inner.step = cx -> {
            runtimes.advance(20);
            return Poll.pending();
        };
        future.poll(poller);
        runtimes.advance(3);
        current = clock; // a thread outside wakes
        clock.advance(1_000_000);
        inner.registered().wake();
        runtimes.advance(4);
        current = runtimes;
        future.poll(poller);
        var metrics = metrics();
        assertEquals(nanos(500), metrics.totalFirstPollDelay());
        assertEquals(nanos(3), metrics.totalIdleDuration());
        assertEquals(nanos(4), metrics.totalScheduledDuration());
        assertEquals(nanos(40), metrics.totalPollDuration());
    }

    @Test
    void aPollerOnAnotherClockBeginsAnew() throws Exception {
        var future = instrumented();
        future.poll(poller);
        clock.advance(10);
        inner.registered().wake();
        clock.advance(5);
        var later = new ManualClock(90_000_000_000L);
        current = later;
        future.poll(new Poller());
        assertEquals(nanos(10), metrics().totalIdleDuration());
        assertEquals(nanos(5), metrics().totalScheduledDuration());

        later.advance(2);
        inner.registered().wake();
        later.advance(1);
        future.poll(new Poller());
        assertEquals(nanos(12), metrics().totalIdleDuration());
        assertEquals(nanos(6), metrics().totalScheduledDuration());
    }

    @Test
    void aWakerTellsWhomItWakes() throws Exception {
        var future = instrumented();
        future.poll(poller);
        assertFalse(OwnedWaker.isSomebodyElses(inner.registered()));
        poller.callers = false;
        assertTrue(OwnedWaker.isSomebodyElses(inner.registered()));

        future.poll(Context.of(() -> {}));
        assertFalse(OwnedWaker.isSomebodyElses(inner.registered()), "nobody knows");
    }

    @Test
    void theContextIsThePollersButForTheWaker() throws Exception {
        var future = instrumented();
        var seen = new Context[1];
        inner.step = cx -> {
            seen[0] = cx;
            assertTrue(cx.pollProceed());
            assertTrue(cx.hasBudgetRemaining());
            poller.hasBudget = false;
            assertFalse(cx.hasBudgetRemaining());
            cx.madeProgress();
            assertEquals(1, cx.random());
            assertFalse(cx.isTracing());
            return Poll.pending();
        };
        future.poll(poller);
        assertEquals(1, poller.progress);
        assertThrows(IllegalStateException.class, () -> seen[0].waker());
        assertThrows(IllegalStateException.class, () -> seen[0].pollProceed());
    }

    // --- traces

    @Test
    void aTraceIsNoPoll() throws Exception {
        var future = monitor.instrument((Context cx) -> {
            clock.advance(10);
            return cx.pollProceed() ? Poll.ready("value") : Poll.pending();
        });
        clock.advance(500);
        poller.tracing = true;
        assertFalse(future.poll(poller).isReady());
        assertEquals(0, poller.askedForWaker, "the trace would note a place that is none");
        assertEquals(0, metrics().totalPollCount());

        poller.tracing = false;
        assertTrue(future.poll(poller).isReady());
        assertEquals(1, metrics().totalPollCount());
        assertEquals(nanos(10), metrics().totalPollDuration());
        assertEquals(1, metrics().firstPollCount());
        assertEquals(nanos(500), metrics().totalFirstPollDelay());
        assertEquals(0, metrics().totalScheduledCount());
    }

    @Test
    void aTraceOfAWokenFutureCountsTheWaitOnce() throws Exception {
        var future = instrumented();
        future.poll(poller);
        clock.advance(100);
        inner.registered().wake();
        clock.advance(30);
        var registered = inner.registered();
        poller.tracing = true;
        poller.askedForWaker = 0;
        future.poll(poller);
        assertSame(registered, inner.registered());
        assertEquals(1, poller.askedForWaker, "the place that the trace notes");
        poller.tracing = false;
        future.poll(poller);
        assertEquals(nanos(100), metrics().totalIdleDuration());
        assertEquals(1, metrics().totalScheduledCount());
        assertEquals(nanos(30), metrics().totalScheduledDuration());
        assertEquals(2, metrics().totalPollCount());
    }

    /** A trace tells each leaf no, for which nobody arranges a wake-up. */
    @Test
    void aTraceOfAFutureThatWaitsEndsNoIdle() throws Exception {
        var future = instrumented();
        inner.step = cx -> {
            assertEquals(!poller.tracing, cx.pollProceed());
            return Poll.pending();
        };
        future.poll(poller);
        clock.advance(100);
        poller.tracing = true;
        future.poll(poller);
        poller.tracing = false;
        clock.advance(20);
        inner.registered().wake();
        future.poll(poller);
        assertEquals(1, metrics().totalIdledCount());
        assertEquals(nanos(120), metrics().totalIdleDuration());
        assertEquals(1, metrics().totalScheduledCount());
        assertEquals(2, metrics().totalPollCount());
    }

    @Test
    void aTraceThatFindsTheEndIsAPoll() throws Exception {
        var future = instrumented();
        inner.step = taking(10, Poll.ready("value"));
        poller.tracing = true;
        assertTrue(future.poll(poller).isReady());
        assertEquals(1, metrics().totalPollCount());
        assertEquals(nanos(10), metrics().totalPollDuration());
        assertEquals(1, metrics().droppedCount());
    }

    // --- bodies in direct style

    @Test
    void ofABodyItsBeginAndItsEndAreCounted() throws Exception {
        var body = monitor.instrument(() -> {
            assertEquals(1, metrics().firstPollCount());
            assertEquals(0, metrics().droppedCount());
            return "value";
        });
        clock.advance(300);
        assertEquals(1, metrics().instrumentedCount());
        assertEquals(0, metrics().firstPollCount());
        assertEquals("value", body.call());
        assertEquals(nanos(300), metrics().totalFirstPollDelay());
        assertEquals(1, metrics().droppedCount());
        assertEquals(0, metrics().totalPollCount(), "has no polls that could be seen");

        var message = assertThrows(IllegalStateException.class, body::call).getMessage();
        assertTrue(message.contains("instrument it anew"), message);
        assertEquals(1, metrics().firstPollCount());
        assertEquals(1, metrics().droppedCount());
    }

    @Test
    void aBodyThatThrowsHasEnded() {
        var body = monitor.instrument(() -> {
            throw new IOException("broken");
        });
        assertThrows(IOException.class, body::call);
        assertEquals(1, metrics().firstPollCount());
        assertEquals(1, metrics().droppedCount());
    }

    @Test
    void anActionIsABody() throws Exception {
        var ran = new boolean[1];
        Action body = monitor.instrument(() -> {
            ran[0] = true;
        });
        body.run();
        assertTrue(ran[0]);
        assertEquals(1, metrics().instrumentedCount());
        assertEquals(1, metrics().droppedCount());
    }

    // --- options

    @Test
    void thresholdsAreChecked() {
        var message = assertThrows(IllegalArgumentException.class,
                () -> TaskMonitor.builder().slowPollThreshold(Duration.ofNanos(-1))).getMessage();
        assertEquals("slowPollThreshold=PT-0.000000001S; want zero or more", message);
        message = assertThrows(IllegalArgumentException.class,
                () -> TaskMonitor.builder().longDelayThreshold(Duration.ofSeconds(-1))).getMessage();
        assertEquals("longDelayThreshold=PT-1S; want zero or more", message);
    }

    @Test
    void thresholdsAreTold() {
        var byDefault = new TaskMonitor();
        assertEquals(Duration.ofNanos(50_000), byDefault.slowPollThreshold());
        assertEquals(Duration.ofNanos(50_000), byDefault.longDelayThreshold());
        var far = TaskMonitor.builder()
                .slowPollThreshold(Duration.ofSeconds(Long.MAX_VALUE))
                .longDelayThreshold(Duration.ZERO)
                .build();
        assertEquals(nanos(Long.MAX_VALUE), far.slowPollThreshold());
        assertEquals(Duration.ZERO, far.longDelayThreshold());
        assertEquals("TaskMonitor[slowPollThreshold=PT0.000001S, longDelayThreshold=PT0.000002S]",
                monitor.toString());
    }
}
