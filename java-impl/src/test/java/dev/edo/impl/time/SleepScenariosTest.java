package dev.edo.impl.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Select;
import dev.edo.future.Selected2;
import dev.edo.impl.contract.Setup;
import dev.edo.runtime.EdoRuntime;
import dev.edo.sync.Oneshot;
import dev.edo.task.JoinHandle;
import dev.edo.time.Elapsed;
import dev.edo.time.Instant;
import dev.edo.time.Sleep;
import java.time.Duration;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What sleeps do in a whole runtime, where other sleeps, tasks and runtimes are about. */
@Timeout(60)
class SleepScenariosTest {
    private static final Context CX = Context.of(() -> {});

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    /** The scheduler has always something to run, and must look at the timers all the same. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void aTaskThatWakesItselfAllTheTimeDoesNotStarveItsTimer(Setup setup) throws Exception {
        try (var runtime = setup.builder().build()) {
            runtime.blockOn(() -> {
                var start = Instant.now();
                Edo.spawn(selfWaking(ms(10))).await(); // or it hangs
                assertTrue(start.elapsed().compareTo(ms(10)) >= 0);
            });
            var start = Instant.now();
            runtime.blockOn(selfWaking(ms(10))); // or this one does, beside the scheduler
            assertTrue(start.elapsed().compareTo(ms(10)) >= 0);
        }
    }

    private static Future<@Nullable Void> selfWaking(Duration duration) {
        return new Future<>() {
            private @Nullable Sleep sleep;

            @Override
            public Poll<@Nullable Void> poll(Context cx) {
                var timer = sleep;
                if (timer == null) {
                    timer = Edo.sleep(duration);
                    sleep = timer;
                }
                var polled = timer.poll(cx);
                if (!polled.isReady()) {
                    cx.waker().wake();
                }
                return polled;
            }

            @Override
            public void cancel() {
                if (sleep != null) {
                    sleep.cancel();
                }
            }
        };
    }

    @Test
    void anEndlessSleepLosesAgainstTheShortestOne() throws Exception {
        try (var runtime = EdoRuntime.builder().currentThread().enableTime().startPaused(true).build()) {
            runtime.blockOn(() -> {
                var start = Instant.now();
                var endless = Edo.sleep(Duration.ofSeconds(Long.MAX_VALUE / 10));
                var first = Select.<@Nullable Void, @Nullable Void>of(endless, Edo.sleep(Duration.ofNanos(1)));
                assertInstanceOf(Selected2.Second.class, first.biased().await());
                assertEquals(Duration.ofNanos(1), start.elapsed());
            });
        }
    }

    /** Moved into the slot of another timer, it is taken out of that one and not of its old one. */
    @Test
    void aSleepThatWasMovedCanBeDroppedBeforeOrAfterItsNeighboursFire() throws Exception {
        try (var runtime = EdoRuntime.builder().currentThread().enableTime().startPaused(true).build()) {
            runtime.blockOn(() -> {
                var start = Instant.now();
                var a = Edo.sleep(ms(5));
                var b = Edo.sleep(ms(5));
                var c = Edo.sleep(ms(10));
                for (var sleep : new Sleep[] {a, b, c}) {
                    assertFalse(sleep.poll(CX).isReady());
                }
                b.reset(start.plus(ms(10)));
                a.await();
                assertEquals(ms(5), start.elapsed());
                b.cancel();
                c.await();
                assertEquals(ms(10), start.elapsed());
            });
        }
    }

    /** The calling thread is a worker of another runtime, whose shards have the same numbers. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void aResetInsideAnotherRuntimeLeavesTheTimerInItsOwn(Setup setup) throws Exception {
        for (boolean otherHasTimers : new boolean[] {true, false}) {
            try (var own = setup.builder().build()) {
                var sleep = own.blockOn(own.spawn(() -> {
                    var made = Edo.sleep(Duration.ofHours(1));
                    assertFalse(made.poll(CX).isReady());
                    return made;
                }));
                try (var other = otherHasTimers
                        ? setup.builder().build()
                        : EdoRuntime.builder().currentThread().build()) {
                    other.blockOn(() -> Edo.spawn(() -> sleep.reset(Instant.now().plus(ms(5)))).await());
                    assertEquals(0, other.metrics().numRegisteredTimers());
                    assertEquals(1, own.metrics().numRegisteredTimers());
                }
                own.blockOn(() -> {
                    sleep.await();
                    assertTrue(Instant.now().compareTo(sleep.deadline()) >= 0);
                });
            }
        }
    }

    /** Outside of the workers, and in so many tasks that each worker has some. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void sleepsAndTimeoutsOfManyTasksEndAndNoneEarly(Setup setup) throws Exception {
        try (var runtime = setup.builder().build()) {
            runtime.blockOn(() -> {
                assertFalse(sleepsLessThan(ms(10)));
                assertFalse(timesOutBefore(ms(10)));
                var tasks = new ArrayList<JoinHandle<Boolean>>();
                for (int i = 0; i < 512; i++) {
                    tasks.add(Edo.spawn(() -> sleepsLessThan(ms(10))));
                    tasks.add(Edo.spawn(() -> timesOutBefore(ms(10))));
                }
                for (var task : tasks) {
                    assertFalse(task.await(), "early");
                }
                assertEquals(0, runtime.metrics().numRegisteredTimers());
            });
        }
    }

    private static boolean sleepsLessThan(Duration duration) {
        var start = Instant.now();
        Edo.sleep(duration).await();
        return start.elapsed().compareTo(duration) < 0;
    }

    private static boolean timesOutBefore(Duration limit) {
        var start = Instant.now();
        var silent = Oneshot.<String>channel();
        assertThrows(Elapsed.class, () -> Edo.timeout(limit, silent.receiver().recv()).await());
        return start.elapsed().compareTo(limit) < 0;
    }
}
