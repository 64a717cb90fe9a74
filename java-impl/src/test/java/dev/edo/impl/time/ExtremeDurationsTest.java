package dev.edo.impl.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.impl.contract.Setup;
import dev.edo.runtime.EdoRuntime;
import dev.edo.task.Action;
import dev.edo.time.Elapsed;
import dev.edo.time.Instant;
import dev.edo.time.Interval;
import dev.edo.time.Sleep;
import dev.edo.time.TestClock;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Durations that no clock can hold mean the far future, or the present when they are negative. */
@Timeout(60)
class ExtremeDurationsTest {
    private static final Instant FIRST = new Instant(Long.MIN_VALUE);
    private static final Instant LAST = new Instant(Long.MAX_VALUE);
    private static final Duration ENDLESS = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
    private static final Context CX = Context.of(() -> {});

    static Stream<Duration> endless() {
        return Stream.of(
                ENDLESS,
                Duration.ofSeconds(Long.MAX_VALUE),
                Duration.ofNanos(Long.MAX_VALUE),
                Duration.ofNanos(Long.MAX_VALUE).plusNanos(1),
                Duration.ofDays(365L * 292));
    }

    static Stream<Duration> none() {
        return Stream.of(
                Duration.ZERO,
                Duration.ofNanos(-1),
                Duration.ofNanos(Long.MIN_VALUE),
                Duration.ofSeconds(Long.MIN_VALUE));
    }

    private static void paused(Action body) throws Exception {
        try (var runtime = EdoRuntime.builder().currentThread().enableTime().startPaused(true).build()) {
            runtime.blockOn(body);
        }
    }

    @ParameterizedTest
    @MethodSource("endless")
    void anEndlessSleepOfAPausedRuntimeEndsAfterYears(Duration endless) throws Exception {
        paused(() -> {
            var start = Instant.now();
            Edo.sleep(endless).await();
            assertTrue(start.elapsed().compareTo(Duration.ofDays(365 * 29)) > 0);
            Edo.sleep(endless).await(); // and time goes on after that
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void anEndlessWaitHoldsUpNothingElse(Setup setup) throws Exception {
        try (var runtime = setup.builder().build()) {
            runtime.blockOn(() -> {
                var sleeping = Edo.spawn(() -> Edo.sleep(ENDLESS).await());
                var until = Edo.spawn(Sleep.until(LAST));
                assertEquals("in time", Edo.timeout(ENDLESS, Edo.spawn(() -> "in time")).await());
                Edo.sleep(Duration.ofMillis(2)).await();
                assertFalse(sleeping.isFinished());
                assertFalse(until.isFinished());
                sleeping.abort();
                until.abort();
            });
        }
    }

    @ParameterizedTest
    @MethodSource("none")
    void noTimeOrLessIsOverAtTheFirstPoll(Duration none) throws Exception {
        paused(() -> {
            var start = Instant.now();
            assertTrue(Sleep.of(none).poll(CX).isReady());
            Edo.sleep(none).await();
            assertThrows(Elapsed.class, () -> Edo.timeout(none, Future.pending()).await());
            assertEquals("ready", Edo.timeout(none, Future.ready("ready")).await());
            assertEquals(Duration.ZERO, start.elapsed());
        });
    }

    @ParameterizedTest
    @MethodSource("none")
    void anIntervalNeedsAPeriod(Duration none) throws Exception {
        paused(() -> {
            assertThrows(IllegalArgumentException.class, () -> Interval.of(none));
            assertThrows(IllegalArgumentException.class, () -> Interval.startingAt(LAST, none));
        });
    }

    @Test
    void timersSetToTheEndsOfTime() throws Exception {
        paused(() -> {
            assertTrue(Sleep.until(FIRST).poll(CX).isReady());
            var last = Sleep.until(LAST);
            assertFalse(last.poll(CX).isReady());
            last.reset(FIRST);
            assertTrue(last.poll(CX).isReady());
            last.reset(LAST);
            assertFalse(last.poll(CX).isReady());
            last.cancel();
            assertThrows(Elapsed.class, () -> dev.edo.time.Timeout.at(FIRST, Future.pending()).await());
            assertEquals(1, dev.edo.time.Timeout.at(LAST, Future.ready(1)).await());
        });
    }

    @ParameterizedTest
    @MethodSource("endless")
    void anIntervalWithAnEndlessPeriodTicksOnce(Duration endless) throws Exception {
        paused(() -> {
            var interval = Interval.of(endless);
            interval.tick().await();
            assertFalse(interval.tick().poll(CX).isReady());
            interval.reset();
            interval.resetAfter(endless);
            assertFalse(interval.tick().poll(CX).isReady());
            interval.resetAfter(Duration.ofSeconds(Long.MIN_VALUE));
            assertTrue(interval.tick().poll(CX).isReady());
            interval.resetAt(LAST);
            assertFalse(interval.tick().poll(CX).isReady());
            interval.resetAt(FIRST);
            assertTrue(interval.tick().poll(CX).isReady());
        });
    }

    @Test
    void theClockMovesNoFurtherThanItCanHold() throws Exception {
        paused(() -> {
            assertThrows(IllegalArgumentException.class, () -> TestClock.advance(ENDLESS));
            assertThrows(IllegalArgumentException.class, () -> TestClock.advance(Duration.ofNanos(-1)));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> TestClock.advance(Duration.ofNanos(Long.MAX_VALUE)).await());
            var before = Instant.now();
            TestClock.advance(Duration.ofDays(365 * 200)).await();
            assertEquals(Duration.ofDays(365 * 200), before.elapsed());
        });
    }
}
