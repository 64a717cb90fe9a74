package dev.edo.impl.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.impl.runtime.BuilderImpl;
import dev.edo.metrics.TaskMonitor;
import dev.edo.runtime.EdoRuntime;
import dev.edo.task.Action;
import dev.edo.time.TestClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A monitor measures on the clock of the runtime that polls, which stands still here. */
class TaskMonitorClockTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TaskMonitor monitor = new TaskMonitor();

    private static void paused(Action body) throws Exception {
        try (EdoRuntime runtime = new BuilderImpl().currentThread().enableAll().startPaused(true).build()) {
            Eventually.<@Nullable Void>returns("the test's body", () -> {
                runtime.blockOn(() -> {
                    body.run();
                    return 0;
                });
                return null;
            });
        }
    }

    @Test
    void idleTimeIsExactlyTheSleep() throws Exception {
        paused(() -> {
            var intervals = monitor.intervals();
            monitor.instrument(Edo.sleep(SECOND)).await();
            var first = intervals.next();
            assertEquals(1, first.totalIdledCount());
            assertEquals(SECOND, first.totalIdleDuration());
            assertEquals(SECOND, first.maxIdleDuration());
            assertEquals(1, first.totalScheduledCount());
            assertEquals(Duration.ZERO, first.totalScheduledDuration());
            assertEquals(Duration.ZERO, first.totalPollDuration());

            Edo.spawn(monitor.instrument(Edo.sleep(SECOND).then(_ -> Edo.sleep(SECOND.multipliedBy(2)))))
                    .await();
            var second = intervals.next();
            assertEquals(2, second.totalIdledCount());
            assertEquals(SECOND.multipliedBy(3), second.totalIdleDuration());
            assertEquals(SECOND.multipliedBy(2), second.maxIdleDuration());
            assertEquals(SECOND.multipliedBy(4), monitor.cumulative().totalIdleDuration());
        });
    }

    @Test
    void theDelayOfTheFirstPollIsExactlyTheTimeBetween() throws Exception {
        paused(() -> {
            var future = monitor.instrument(Future.ready(1));
            var body = monitor.instrument(() -> 2);
            Edo.sleep(Duration.ofMillis(500)).await();
            future.await();
            Edo.spawn(body).await();
            assertEquals(SECOND, monitor.cumulative().totalFirstPollDelay());
            assertEquals(Duration.ofMillis(500), monitor.cumulative().meanFirstPollDelay());
        });
    }

    /** Pending until a thread outside the runtime wakes it; then the time goes on before the next poll. */
    private static final class WokenOutside implements Future<Integer> {
        private volatile @Nullable Waker waker;
        private boolean polled;

        @Override
        public Poll<Integer> poll(Context cx) {
            if (polled) {
                return Poll.ready(1);
            }
            polled = true;
            waker = cx.waker();
            return Poll.pending();
        }

        void wakeOnAThreadOfItsOwn() throws InterruptedException {
            var thread = Thread.ofPlatform().start(() -> {
                var waiting = waker;
                if (waiting != null) {
                    waiting.wake();
                }
            });
            assertTrue(thread.join(Eventually.PATIENCE));
        }
    }

    /** The waking thread has no clock but the system's, which says something else altogether. */
    @Test
    void aWakerThatIsCalledFromOutsideReadsTheClockOfTheRuntime() throws Exception {
        paused(() -> {
            var waits = new WokenOutside();
            var task = Edo.spawn(monitor.instrument(waits));
            Edo.yieldNow().await();
            assertEquals(1, monitor.cumulative().totalPollCount());
            TestClock.advance(SECOND.multipliedBy(5)).await();
            waits.wakeOnAThreadOfItsOwn();
            task.await();
            var metrics = monitor.cumulative();
            assertEquals(SECOND.multipliedBy(5), metrics.totalIdleDuration());
            assertEquals(1, metrics.totalScheduledCount());
            assertEquals(Duration.ZERO, metrics.totalScheduledDuration());
        });
    }

    @Test
    void aClockThatGoesOnCountsOn() throws Exception {
        paused(() -> {
            var task = Edo.spawn(monitor.instrument(Edo.sleep(SECOND)));
            Edo.yieldNow().await();
            TestClock.advance(Duration.ofMillis(990)).await();
            TestClock.resume();
            task.await();
            var idle = monitor.cumulative().totalIdleDuration();
            assertTrue(idle.compareTo(SECOND) >= 0 && idle.compareTo(Eventually.PATIENCE) < 0, "idle=" + idle);
        });
    }
}
