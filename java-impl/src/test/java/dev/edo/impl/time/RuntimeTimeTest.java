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
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

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

    @Test
    void aMultiThreadRuntimeCannotBePaused() throws Exception {
        try (var runtime = multi().build()) {
            runtime.blockOn(() -> {
                var e = assertThrows(IllegalStateException.class, TestClock::pause);
                assertTrue(e.getMessage().contains("currentThread()"), e.getMessage());
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
            });
        }
    }

    @Test
    void timersAreMadeInsideARuntimeOnly() {
        assertTrue(Instant.now().nanos() > 0);
        assertThrows(IllegalStateException.class, () -> Edo.sleep(ms(1)));
        assertThrows(IllegalStateException.class, TestClock::pause);
    }
}
