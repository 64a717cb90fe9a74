package dev.edo.impl.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.sync.Notify;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Hooks that make work where a thread is about to sleep: it has looked at its queues already, and must look again
 * afterwards. Nobody else would wake it.
 */
class ParkHookTest {
    private final Notify notify = new Notify();
    private final AtomicBoolean armed = new AtomicBoolean();

    /** Runs a task that waits to be notified by what the hook does when its thread goes to sleep. */
    private void notifiedBy(Setup setup, Action hook) throws Exception {
        var builder = setup.builder().onThreadPark(() -> {
            if (armed.getAndSet(false)) {
                hook.run();
            }
        });
        try (var running = Running.of(builder)) {
            var notified = notify.notified();
            ContractTest.resultOf(running.handle().spawn(Future.of(cx -> {
                var poll = notified.poll(cx);
                armed.set(!poll.isReady());
                return poll;
            })));
        }
    }

    private interface Action {
        void run();
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void taskThatTheHookWakesRuns(Setup setup) throws Exception {
        notifiedBy(setup, notify::notifyOne);
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void taskThatTheHookSpawnsRuns(Setup setup) throws Exception {
        notifiedBy(setup, () -> Edo.spawn(Future.lazy(() -> {
            notify.notifyOne();
            return null;
        })));
    }

    /** A yield is deferred until the drivers were looked at, which must then not be a sleep. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void whoYieldsInTheHookIsWoken(Setup setup) throws Exception {
        notifiedBy(setup, () -> {
            try {
                assertTrue(!Edo.yieldNow().poll(Context.of(notify::notifyOne)).isReady());
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    /** There is always something to do, thanks to the hook: the timer fires all the same. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void hookThatAlwaysMakesWorkDoesNotKeepTheDriversWaiting(Setup setup) throws Exception {
        try (var running = Running.of(setup.builder().onThreadPark(notify::notifyWaiters))) {
            var done = new AtomicBoolean();
            var busy = running.handle().spawn(() -> {
                while (!done.get()) {
                    notify.notified().await();
                }
            });
            ContractTest.resultOf(running.handle().spawn(() -> Edo.sleep(Duration.ofMillis(1)).await()));
            done.set(true);
            notify.notifyOne();
            ContractTest.resultOf(busy);
        }
    }

    /** The same in many a short {@code blockOn}, which the hook ends before there was any sleep. */
    @ParameterizedTest
    @EnumSource(names = "CURRENT_THREAD")
    void shortBlockOnsLookAtTheDriversToo(Setup setup) throws Exception {
        try (var runtime = setup.builder().onThreadPark(notify::notifyWaiters).build()) {
            var done = new AtomicBoolean();
            runtime.spawn(() -> {
                Edo.sleep(Duration.ofMillis(1)).await();
                done.set(true);
            });
            Eventually.until("the timer fires", () -> {
                runtime.blockOn(notify.notified());
                return done.get();
            });
        }
    }
}
