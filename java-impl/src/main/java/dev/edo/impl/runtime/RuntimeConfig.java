package dev.edo.impl.runtime;

import dev.edo.impl.driver.io.UringCalls;
import dev.edo.impl.task.TaskHooks;
import dev.edo.runtime.HistogramConfiguration;
import dev.edo.runtime.RuntimeFlavor;
import dev.edo.runtime.UnhandledPanic;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The options of a runtime, checked.
 *
 * @param flavor which scheduler
 * @param workers the number of workers; 1 for current-thread
 * @param maxBlockingThreads the most threads for blocking jobs, workers not counted
 * @param keepAliveNanos how long an idle blocking thread stays
 * @param stackSizeBytes of the threads that are started; 0 for the JVM's default
 * @param threadNames names the threads
 * @param name the runtime's name
 * @param threadHooks callbacks of threads
 * @param taskHooks callbacks of tasks
 * @param eventInterval polls between looks at the drivers
 * @param globalQueueInterval polls between looks at the shared queue; 0 to adapt
 * @param maxIoEvents events per look at the kernel; 0 without I/O
 * @param enableTime whether there are timers
 * @param startPaused whether the clock starts stopped
 * @param unhandledPanic what a task that throws does to the runtime
 * @param lifoSlot whether a woken task may run next
 * @param rngSeed seeds random choices of the scheduler and of what tasks poll
 * @param affinity the processor of each worker
 * @param eagerDriverHandoff whether who leaves the drivers for a task wakes a successor
 * @param ring the calls of the ring for files, or null without
 * @param pollTimes how poll times are counted, or null
 * @param localQueueCapacity slots of a worker's queue
 */
public record RuntimeConfig(
        RuntimeFlavor flavor,
        int workers,
        int maxBlockingThreads,
        long keepAliveNanos,
        long stackSizeBytes,
        Supplier<String> threadNames,
        @Nullable String name,
        ThreadHooks threadHooks,
        TaskHooks taskHooks,
        int eventInterval,
        int globalQueueInterval,
        int maxIoEvents,
        boolean enableTime,
        boolean startPaused,
        UnhandledPanic unhandledPanic,
        boolean lifoSlot,
        long rngSeed,
        @Nullable IntUnaryOperator affinity,
        boolean eagerDriverHandoff,
        @Nullable UringCalls ring,
        @Nullable HistogramConfiguration pollTimes,
        int localQueueCapacity) {
    /** Units of work that one poll of a task may do. */
    public static final int TASK_BUDGET = 128;

    /** The budget of a poll that was told that it has none left; far below what progress beyond the budget takes off. */
    public static final int BUDGET_REFUSED = Integer.MIN_VALUE / 2;
}
