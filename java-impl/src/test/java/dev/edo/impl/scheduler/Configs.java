package dev.edo.impl.scheduler;

import dev.edo.impl.runtime.RuntimeConfig;
import dev.edo.impl.runtime.ThreadHooks;
import dev.edo.impl.task.TaskHooks;
import dev.edo.runtime.RuntimeFlavor;
import dev.edo.runtime.UnhandledPanic;
import java.time.Duration;
import java.util.function.Supplier;

/** Options for parts of a runtime that are tested alone: no drivers, and queues of four slots. */
public final class Configs {
    private static final ThreadHooks NO_HOOKS = new ThreadHooks(null, null, null, null);

    private Configs() {}

    /** For a multi-thread scheduler. */
    public static RuntimeConfig workers(int workers, boolean lifoSlot, long seed) {
        return config(workers, 1, Duration.ofSeconds(10), NO_HOOKS, () -> "test", lifoSlot, seed);
    }

    /** For a blocking pool. */
    public static RuntimeConfig blocking(int maxThreads, Duration keepAlive, ThreadHooks hooks) {
        return config(1, maxThreads, keepAlive, hooks, () -> "test", true, 1);
    }

    /** For a blocking pool whose threads stay, and are named one by one. */
    public static RuntimeConfig blocking(int maxThreads, Supplier<String> threadNames) {
        return config(1, maxThreads, Duration.ofMinutes(1), NO_HOOKS, threadNames, true, 1);
    }

    private static RuntimeConfig config(
            int workers,
            int maxBlockingThreads,
            Duration keepAlive,
            ThreadHooks hooks,
            Supplier<String> threadNames,
            boolean lifoSlot,
            long seed) {
        return new RuntimeConfig(RuntimeFlavor.MULTI_THREAD, workers, maxBlockingThreads,
                keepAlive.toNanos(), 0, threadNames, null, hooks, TaskHooks.NONE, 61, 0, 0, false, false,
                UnhandledPanic.IGNORE, lifoSlot, seed, null, false,
                null, null, 4);
    }
}
