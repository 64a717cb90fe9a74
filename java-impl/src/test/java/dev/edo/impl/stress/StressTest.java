package dev.edo.impl.stress;

import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Running;
import dev.edo.impl.contract.Setup;
import dev.edo.runtime.Handle;
import dev.edo.task.Action;
import dev.edo.task.JoinHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the tests of a subclass on each flavour, a runtime for each test. */
@ParameterizedClass
@EnumSource(Setup.class)
abstract class StressTest {
    @Parameter
    protected Setup setup = Setup.CURRENT_THREAD;

    @SuppressWarnings("NullAway.Init") // before each test
    protected Handle handle;

    @SuppressWarnings("NullAway.Init") // before each test
    private Running running;

    private final List<JoinHandle<@Nullable Void>> tasks = new ArrayList<>();

    @BeforeEach
    void start() {
        running = setup.start();
        handle = running.handle();
    }

    @AfterEach
    void stop() throws Exception {
        running.close();
    }

    /** Spawns a task in direct style. */
    final JoinHandle<@Nullable Void> spawn(Action body) {
        var task = handle.spawn(body);
        tasks.add(task);
        return task;
    }

    /** Waits for what was spawned; a task that failed fails the test. */
    final void awaitAll() throws Exception {
        for (var task : tasks) {
            var limit = Eventually.PATIENCE.multipliedBy(Scale.of(1));
            if (!Eventually.within(limit, task::isFinished)) {
                throw new AssertionError(task + " hangs");
            }
            task.await();
        }
        tasks.clear();
    }

    /** A moment in the future, this much scaled. */
    static long deadlineNanos(Duration time) {
        return System.nanoTime() + time.multipliedBy(Scale.of(1)).toNanos();
    }

    static boolean isBefore(long deadlineNanos) {
        return System.nanoTime() - deadlineNanos < 0;
    }
}
