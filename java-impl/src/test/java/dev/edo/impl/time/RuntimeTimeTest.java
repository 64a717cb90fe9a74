package dev.edo.impl.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.runtime.EdoRuntime;
import dev.edo.runtime.RuntimeBuilder;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import dev.edo.time.Elapsed;
import dev.edo.time.Instant;
import dev.edo.time.Interval;
import dev.edo.time.Sleep;
import dev.edo.time.TestClock;
import dev.edo.time.Timeout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Time through the API, in whole runtimes. */
class RuntimeTimeTest {
    private static EdoRuntime paused() {
        return EdoRuntime.builder().currentThread().enableTime().startPaused(true).build();
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    @Test
    void sleepsOfAPausedRuntimeTakeNoTimeAndEndExactly() throws Exception {
        try (var runtime = paused()) {
            runtime.blockOn(() -> {
                var start = Instant.now();
                Edo.sleep(Duration.ofHours(1)).await();
                assertEquals(Duration.ofHours(1), start.elapsed());
                Sleep.until(start.plus(Duration.ofDays(4000))).await();
                assertEquals(Duration.ofDays(4000), start.elapsed());
                Edo.sleep(Duration.ZERO).await();
                Edo.sleep(ms(-5)).await();
                assertEquals(Duration.ofDays(4000), start.elapsed());
                Edo.sleep(Duration.ofSeconds(Long.MAX_VALUE)).await();
                assertEquals(Duration.ofDays(4000 + 30 * 365), start.elapsed());
            });
        }
    }

    @Test
    void tasksWakeInTheOrderOfTheirDeadlines() throws Exception {
        try (var runtime = paused()) {
            var order = new ArrayList<Integer>();
            runtime.blockOn(() -> {
                var tasks = new ArrayList<JoinHandle<?>>();
                for (int millis : List.of(30, 10, 20, 10)) {
                    tasks.add(Edo.spawn(() -> {
                        Edo.sleep(ms(millis)).await();
                        order.add(millis);
                    }));
                }
                for (var task : tasks) {
                    task.await();
                }
            });
            assertEquals(List.of(10, 10, 20, 30), order);
        }
    }

    @Test
    void aTimeoutElapsesAndCancelsWhatItWrapped() throws Exception {
        try (var runtime = paused()) {
            runtime.blockOn(() -> {
                var cancelled = new boolean[1];
                var never = new Future<@Nullable Void>() {
                    @Override
                    public Poll<@Nullable Void> poll(Context cx) {
                        return Poll.pending();
                    }

                    @Override
                    public void cancel() {
                        cancelled[0] = true;
                    }
                };
                var start = Instant.now();
                assertThrows(Elapsed.class, () -> Timeout.of(ms(50), never).await());
                assertTrue(cancelled[0]);
                assertEquals(ms(50), start.elapsed());
                assertEquals(7, Timeout.of(ms(50), Edo.sleep(ms(49)).map(nothing -> 7)).await());
            });
        }
    }

    @Test
    void anIntervalKeepsItsScheduleAcrossWork() throws Exception {
        try (var runtime = paused()) {
            runtime.blockOn(() -> {
                var start = Instant.now();
                var interval = Interval.of(ms(300));
                var ticks = new ArrayList<Long>();
                for (int i = 0; i < 4; i++) {
                    ticks.add(interval.tick().await().durationSince(start).toMillis());
                    Edo.sleep(ms(100)).await();
                }
                assertEquals(List.of(0L, 300L, 600L, 900L), ticks);
                assertEquals(ms(1000), start.elapsed());
            });
        }
    }

    @Test
    void advanceFiresWhatComesDueAndGivesItsTasksATurn() throws Exception {
        try (var runtime = paused()) {
            runtime.blockOn(() -> {
                var done = new boolean[1];
                var task = Edo.spawn(() -> {
                    Edo.sleep(ms(10)).await();
                    done[0] = true;
                });
                Edo.yieldNow().await();
                TestClock.advance(ms(9)).await();
                assertFalse(done[0]);
                TestClock.advance(ms(1)).await();
                assertTrue(done[0]);
                task.await();
            });
        }
    }

    @Test
    void pauseInATaskAndResume() throws Exception {
        try (var runtime = EdoRuntime.builder().currentThread().enableTime().build()) {
            runtime.blockOn(() -> Edo.spawn(() -> {
                assertThrows(IllegalStateException.class, TestClock::resume);
                TestClock.pause();
                assertThrows(IllegalStateException.class, TestClock::pause);
                var start = Instant.now();
                Edo.sleep(Duration.ofDays(1)).await();
                assertEquals(Duration.ofDays(1), start.elapsed());
                TestClock.resume();
                Edo.sleep(ms(2)).await();
                assertTrue(start.elapsed().compareTo(Duration.ofDays(1).plusMillis(2)) >= 0);
            }).await());
        }
    }

    /** On the system's time, so between two bounds. */
    @Test
    void theClockGoesOnFromWhereItWasPausedAndMayBePausedAgain() throws Exception {
        try (var runtime = EdoRuntime.builder().currentThread().enableTime().build()) {
            runtime.blockOn(() -> {
                var ten = Duration.ofSeconds(10);
                var before = System.nanoTime();
                var start = Instant.now();
                TestClock.pause();
                TestClock.advance(ten).await();
                var advanced = Instant.now();
                TestClock.resume();
                assertTrue(Instant.now().compareTo(advanced) >= 0);
                TestClock.pause();
                TestClock.advance(ten).await();
                var elapsed = start.elapsed();
                var real = Duration.ofNanos(System.nanoTime() - before);
                assertTrue(elapsed.compareTo(ten.plus(ten)) >= 0, "elapsed=" + elapsed);
                assertTrue(elapsed.compareTo(ten.plus(ten).plus(real)) <= 0, "elapsed=" + elapsed);
                assertTrue(advanced.durationSince(start).compareTo(ten) >= 0);
            });
        }
    }

    /** One after the other, and many tasks at once: each run of the same program sees the same times. */
    @Test
    void pausedTimeIsDeterministic() throws Exception {
        assertEquals(sleepsInTurn(), sleepsInTurn());
        assertEquals(sleepsOfManyTasks(), sleepsOfManyTasks());
    }

    private static List<Duration> sleepsInTurn() throws Exception {
        try (var runtime = paused()) {
            return runtime.blockOn(() -> {
                var random = new SplittableRandom(1);
                var times = new ArrayList<Duration>();
                var start = Instant.now();
                for (int i = 0; i < 10_000; i++) {
                    var before = Instant.now();
                    var sleep = Duration.ofNanos(random.nextLong(1_000_000_000));
                    Edo.sleep(sleep).await();
                    assertEquals(sleep, before.elapsed());
                    times.add(start.elapsed());
                }
                return times;
            });
        }
    }

    private static List<String> sleepsOfManyTasks() throws Exception {
        try (var runtime = paused()) {
            return runtime.blockOn(() -> {
                var log = new ArrayList<String>();
                var start = Instant.now();
                var tasks = new ArrayList<JoinHandle<?>>();
                for (int i = 0; i < 50; i++) {
                    int name = i;
                    tasks.add(Edo.spawn(() -> {
                        var random = new SplittableRandom(name);
                        for (int round = 0; round < 50; round++) {
                            Edo.sleep(Duration.ofNanos(random.nextLong(3_000_000))).await();
                            log.add(name + " at " + start.elapsed());
                        }
                    }));
                }
                for (var task : tasks) {
                    task.await();
                }
                return log;
            });
        }
    }

    /**
     * The clock must not jump on to the next timer while somebody waits for the advance, and never rounds.
     * Tokio's regression 3710: with a timer far away, time went on by whole milliseconds.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void advanceMovesTheClockByNoMoreAndNoLessThanAsked(boolean polled) throws Exception {
        try (var runtime = paused()) {
            runtime.blockOn(() -> {
                var near = Edo.sleep(ms(300));
                var far = Edo.sleep(Duration.ofSeconds(60));
                var cx = Context.of(() -> {});
                if (polled) {
                    assertFalse(near.poll(cx).isReady());
                    assertFalse(far.poll(cx).isReady());
                }
                for (long micros : List.of(51_592L, 1L, 1_000L, 1_000L, 100_000L, 3_141_592L, 3_123_456L)) {
                    var before = Instant.now();
                    TestClock.advance(Duration.ofNanos(1_000 * micros)).await();
                    assertEquals(Duration.ofNanos(1_000 * micros), before.elapsed());
                    assertEquals(Instant.now().compareTo(near.deadline()) >= 0, near.poll(cx).isReady());
                    assertFalse(far.poll(cx).isReady());
                }
                far.cancel();
            });
        }
    }

    /** The task that advances the clock is the one that has the timer. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTaskMayAdvanceTheClockBetweenPollsOfItsTimer(boolean polled) throws Exception {
        try (var runtime = paused()) {
            var elapsed = runtime.blockOn(runtime.spawn(new Future<Duration>() {
                private @Nullable Sleep sleep;
                private @Nullable Future<@Nullable Void> advance;
                private @Nullable Instant before;

                @Override
                public Poll<Duration> poll(Context cx) throws Exception {
                    if (sleep == null || advance == null || before == null) {
                        sleep = Edo.sleep(ms(300));
                        if (polled) {
                            assertFalse(sleep.poll(cx).isReady());
                        }
                        before = Instant.now();
                        advance = TestClock.advance(ms(100));
                    }
                    if (!advance.poll(cx).isReady()) {
                        return Poll.pending();
                    }
                    assertFalse(sleep.poll(cx).isReady());
                    sleep.cancel();
                    return Poll.ready(before.elapsed());
                }
            }));
            assertEquals(ms(100), elapsed);
        }
    }

    /**
     * Two clocks that stand at different times: a timer is moved inside the runtime whose clock is ahead, and
     * keeps to the one it belongs to.
     */
    @Test
    void aTimerKeepsToTheClockOfItsOwnRuntime() throws Exception {
        try (var past = paused(); var ahead = paused()) {
            ahead.blockOn(() -> TestClock.advance(Duration.ofHours(1)).await());
            try (var _ = past.enter()) {
                var sleep = Edo.sleep(ms(1));
                assertFalse(sleep.poll(Context.of(() -> {})).isReady());
                var deadline = sleep.deadline();
                ahead.blockOn(() -> sleep.reset(deadline.plus(ms(1))));
                var start = Instant.now();
                past.blockOn(sleep);
                assertEquals(ms(2), start.elapsed());
            }
        }
    }

    @Test
    void aBlockingJobHoldsThePausedClock() throws Exception {
        try (var runtime = paused()) {
            runtime.blockOn(() -> {
                var start = Instant.now();
                var sleeper = Edo.spawn(() -> {
                    Edo.sleep(ms(10)).await();
                });
                var started = new CountDownLatch(1);
                var release = new CountDownLatch(1);
                var job = Edo.spawnBlocking(() -> {
                    started.countDown();
                    release.await();
                });
                started.await();
                Edo.yieldNow().await();
                assertEquals(Duration.ZERO, start.elapsed());
                release.countDown();
                job.await();
                sleeper.await();
                assertEquals(ms(10), start.elapsed());
            });
        }
    }

    /** The job goes on only when the runtime's thread sleeps, which is when the clock would jump. */
    @Test
    void aBlockingJobHoldsAClockThatIsPausedAfterItStarted() throws Exception {
        try (var runtime = EdoRuntime.builder().currentThread().enableTime().build()) {
            runtime.blockOn(() -> {
                var sleepsHere = Thread.currentThread();
                var paused = new CountDownLatch(1);
                var job = Edo.spawnBlocking(() -> {
                    paused.await();
                    while (sleepsHere.getState() != Thread.State.WAITING) {
                        Thread.onSpinWait();
                    }
                });
                TestClock.pause();
                var start = Instant.now();
                var sleeper = Edo.spawn(() -> {
                    Edo.sleep(ms(10)).await();
                });
                paused.countDown();
                job.await();
                assertEquals(Duration.ZERO, start.elapsed());
                sleeper.await();
                assertEquals(ms(10), start.elapsed());
            });
        }
    }

    @Test
    void aMultiThreadRuntimeCannotBePaused() throws Exception {
        try (var runtime = multi().build()) {
            runtime.blockOn(() -> {
                var e = assertThrows(IllegalStateException.class, TestClock::pause);
                assertTrue(e.getMessage().contains("currentThread()"), e.getMessage());
                var inTask = assertThrows(JoinError.class, () -> Edo.spawn(TestClock::pause).await());
                assertTrue(inTask.getCause() instanceof IllegalStateException, inTask::toString);
            });
        }
    }

    private static RuntimeBuilder multi() {
        return EdoRuntime.builder().multiThread().workerThreads(2).enableTime();
    }

    @Test
    void timersOfWorkersAndOfOtherThreadsFireInAMultiThreadRuntime() throws Exception {
        try (var runtime = multi().build()) {
            runtime.blockOn(() -> {
                var start = Instant.now();
                Edo.sleep(ms(3)).await(); // on this thread, in the shared shard
                assertTrue(start.elapsed().compareTo(ms(3)) >= 0);
                var tasks = new ArrayList<JoinHandle<Boolean>>();
                for (int i = 0; i < 1000; i++) {
                    int millis = 1 + i % 20;
                    tasks.add(Edo.spawn(() -> {
                        var before = Instant.now();
                        Edo.sleep(ms(millis)).await();
                        return before.elapsed().compareTo(ms(millis)) >= 0;
                    }));
                }
                for (var task : tasks) {
                    assertTrue(task.await(), "a timer fired early");
                }
            });
        }
    }

    @Test
    void withoutTimeTheClockWorksAndTimersSayHowToEnableThem() throws Exception {
        try (var runtime = EdoRuntime.builder().currentThread().build()) {
            runtime.blockOn(() -> {
                assertTrue(Instant.now().nanos() > 0);
                var e = assertThrows(IllegalStateException.class, () -> Edo.sleep(ms(1)));
                assertTrue(e.getMessage().contains("enableTime()"), e.getMessage());
                for (Executable timer : List.<Executable>of(
                        () -> Timeout.of(ms(5), Future.pending()),
                        () -> Timeout.at(Instant.now(), Future.pending()),
                        () -> Future.pending().timeout(ms(5)),
                        () -> Interval.of(ms(5)),
                        () -> Interval.startingAt(Instant.now(), ms(5)))) {
                    assertEquals(e.getMessage(), assertThrows(IllegalStateException.class, timer).getMessage());
                }
            });
        }
    }

    @Test
    void timersAreMadeInsideARuntimeOnly() {
        assertTrue(Instant.now().nanos() > 0);
        for (Executable timer : List.<Executable>of(
                () -> Edo.sleep(ms(1)),
                () -> Sleep.until(Instant.now()),
                () -> Future.pending().timeout(ms(1)),
                TestClock::pause)) {
            var e = assertThrows(IllegalStateException.class, timer);
            assertTrue(e.getMessage().contains("no Edo runtime on this thread"), e.getMessage());
        }
    }
}
