package dev.edo.impl.scheduler;

import dev.edo.impl.runtime.RuntimeConfig;
import dev.edo.impl.runtime.ThreadHooks;
import dev.edo.impl.task.TaskHooks;
import dev.edo.runtime.RuntimeFlavor;
import dev.edo.runtime.UnhandledPanic;
import java.time.Duration;

/** Options for parts of a runtime that are tested alone: no drivers, and queues of four slots. */
public final class Configs {
    private static final ThreadHooks NO_HOOKS = new ThreadHooks(null, null, null, null);

    private Configs() {}

    /** For a multi-thread scheduler. */
    public static RuntimeConfig workers(int workers, boolean lifoSlot, long seed) {
        return config(workers, 1, Duration.ofSeconds(10), NO_HOOKS, lifoSlot, seed);
    }

    /** For a blocking pool. */
    public static RuntimeConfig blocking(int maxThreads, Duration keepAlive, ThreadHooks hooks) {
        return config(1, maxThreads, keepAlive, hooks, true, 1);
    }

    private static RuntimeConfig config(
            int workers,
            int maxBlockingThreads,
            Duration keepAlive,
            ThreadHooks hooks,
            boolean lifoSlot,
            long seed) {
        return new RuntimeConfig(RuntimeFlavor.MULTI_THREAD, workers, maxBlockingThreads,
                keepAlive.toNanos(), 0, () -> "test", null, hooks, TaskHooks.NONE, 61, 0, 0, false, false,
                UnhandledPanic.IGNORE, lifoSlot, seed, null, false,
                null, 4);
    }
}
