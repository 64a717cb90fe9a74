package dev.edo.impl.runtime;

import dev.edo.impl.driver.io.UringCalls;
import dev.edo.impl.natives.NativeLibrary;
import dev.edo.impl.scheduler.Histogram;
import dev.edo.impl.task.TaskHooks;
import dev.edo.impl.task.coroutine.Carriers;
import dev.edo.internal.NumberProperty;
import dev.edo.runtime.EdoRuntime;
import dev.edo.runtime.HistogramConfiguration;
import dev.edo.runtime.LocalRuntime;
import dev.edo.runtime.RuntimeBuilder;
import dev.edo.runtime.RuntimeFlavor;
import dev.edo.runtime.TaskMeta;
import dev.edo.runtime.UnhandledPanic;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects and checks options. */
public final class BuilderImpl implements RuntimeBuilder {
    private static final int MAX_WORKERS = 32_767;
    private static final int DEFAULT_IO_EVENTS = 1_024;
    private static final int DEFAULT_EVENT_INTERVAL = 61;
    private static final int MAX_INTERVAL = 1_000_000;
    private static final long MIN_STACK_BYTES = 65_536;
    private static final int MIN_QUEUE_CAPACITY = 4;
    private static final HistogramConfiguration DEFAULT_HISTOGRAM =
            HistogramConfiguration.linear(Duration.ofNanos(100_000), 10);

    private RuntimeFlavor flavor = RuntimeFlavor.MULTI_THREAD;
    private boolean enableIo;
    private boolean enableTime;
    private int workers;
    private int maxBlockingThreads = 512;
    private long keepAliveNanos = Duration.ofSeconds(10).toNanos();
    private long stackSizeBytes;
    private @Nullable Supplier<String> threadNames;
    private String threadName = "edo-worker";
    private @Nullable String name;
    private @Nullable Runnable onStart;
    private @Nullable Runnable onStop;
    private @Nullable Runnable onPark;
    private @Nullable Runnable onUnpark;
    private int eventInterval = DEFAULT_EVENT_INTERVAL;
    private int globalQueueInterval;
    private int maxIoEvents = DEFAULT_IO_EVENTS;
    private boolean startPaused;
    private @Nullable Consumer<TaskMeta> onTaskSpawn;
    private @Nullable Consumer<TaskMeta> onTaskTerminate;
    private @Nullable Consumer<TaskMeta> beforePoll;
    private @Nullable Consumer<TaskMeta> afterPoll;
    private boolean tracksPlace;
    private boolean tracksLatency;
    private UnhandledPanic unhandledPanic = UnhandledPanic.IGNORE;
    private boolean lifoSlot = true;
    private long rngSeed = ThreadLocalRandom.current().nextLong();
    private @Nullable IntUnaryOperator affinity;
    private boolean eagerDriverHandoff;
    private @Nullable UringCalls ring;
    private boolean countPollTimes;
    private HistogramConfiguration pollTimes = DEFAULT_HISTOGRAM;
    private boolean countLatencies;
    private HistogramConfiguration latencies = DEFAULT_HISTOGRAM;
    private int localQueueCapacity = 256;

    @Override
    public RuntimeBuilder multiThread() {
        flavor = RuntimeFlavor.MULTI_THREAD;
        return this;
    }

    @Override
    public RuntimeBuilder currentThread() {
        flavor = RuntimeFlavor.CURRENT_THREAD;
        return this;
    }

    @Override
    public RuntimeBuilder enableAll() {
        return enableIo().enableTime();
    }

    @Override
    public RuntimeBuilder enableIo() {
        enableIo = true;
        return this;
    }

    @Override
    public RuntimeBuilder enableTime() {
        enableTime = true;
        return this;
    }

    @Override
    public RuntimeBuilder workerThreads(int count) {
        workers = inRange("workerThreads", count, 1, MAX_WORKERS);
        return this;
    }

    @Override
    public RuntimeBuilder maxBlockingThreads(int count) {
        maxBlockingThreads = inRange("maxBlockingThreads", count, 1, Integer.MAX_VALUE - MAX_WORKERS);
        return this;
    }

    @Override
    public RuntimeBuilder threadKeepAlive(Duration keepAlive) {
        if (keepAlive.isNegative()) {
            throw new IllegalArgumentException("threadKeepAlive=" + keepAlive + "; want a duration that is not negative");
        }
        try {
            keepAliveNanos = keepAlive.toNanos();
        } catch (ArithmeticException e) {
            keepAliveNanos = Long.MAX_VALUE;
        }
        return this;
    }

    @Override
    public RuntimeBuilder threadStackSize(long bytes) {
        if (bytes != 0 && bytes < MIN_STACK_BYTES) {
            throw new IllegalArgumentException("threadStackSize=" + bytes + "; want 0 for the JVM's default, or at least "
                    + MIN_STACK_BYTES);
        }
        stackSizeBytes = bytes;
        return this;
    }

    @Override
    public RuntimeBuilder threadName(String newName) {
        threadName = notBlank("threadName", newName);
        threadNames = null;
        return this;
    }

    @Override
    public RuntimeBuilder threadName(Supplier<String> names) {
        threadNames = Objects.requireNonNull(names, "threadName");
        return this;
    }

    @Override
    public RuntimeBuilder name(String newName) {
        name = notBlank("name", newName);
        return this;
    }

    @Override
    public RuntimeBuilder onThreadStart(Runnable hook) {
        onStart = Objects.requireNonNull(hook, "onThreadStart");
        return this;
    }

    @Override
    public RuntimeBuilder onThreadStop(Runnable hook) {
        onStop = Objects.requireNonNull(hook, "onThreadStop");
        return this;
    }

    @Override
    public RuntimeBuilder onThreadPark(Runnable hook) {
        onPark = Objects.requireNonNull(hook, "onThreadPark");
        return this;
    }

    @Override
    public RuntimeBuilder onThreadUnpark(Runnable hook) {
        onUnpark = Objects.requireNonNull(hook, "onThreadUnpark");
        return this;
    }

    @Override
    public RuntimeBuilder eventInterval(int polls) {
        eventInterval = inRange("eventInterval", polls, 1, MAX_INTERVAL);
        return this;
    }

    @Override
    public RuntimeBuilder globalQueueInterval(int polls) {
        globalQueueInterval = inRange("globalQueueInterval", polls, 1, MAX_INTERVAL);
        return this;
    }

    @Override
    public RuntimeBuilder maxIoEventsPerTick(int events) {
        maxIoEvents = inRange("maxIoEventsPerTick", events, 1, 65_536);
        return this;
    }

    @Override
    public RuntimeBuilder startPaused(boolean paused) {
        startPaused = paused;
        return this;
    }

    @Override
    public RuntimeBuilder onTaskSpawn(Consumer<TaskMeta> hook) {
        onTaskSpawn = Objects.requireNonNull(hook, "onTaskSpawn");
        return this;
    }

    @Override
    public RuntimeBuilder onTaskTerminate(Consumer<TaskMeta> hook) {
        onTaskTerminate = Objects.requireNonNull(hook, "onTaskTerminate");
        return this;
    }

    @Override
    public RuntimeBuilder onBeforeTaskPoll(Consumer<TaskMeta> hook) {
        beforePoll = Objects.requireNonNull(hook, "onBeforeTaskPoll");
        return this;
    }

    @Override
    public RuntimeBuilder onAfterTaskPoll(Consumer<TaskMeta> hook) {
        afterPoll = Objects.requireNonNull(hook, "onAfterTaskPoll");
        return this;
    }

    @Override
    public RuntimeBuilder trackTaskScheduleLatency() {
        tracksLatency = true;
        return this;
    }

    @Override
    public RuntimeBuilder trackTaskSpawnLocation() {
        tracksPlace = true;
        return this;
    }

    @Override
    public RuntimeBuilder unhandledPanic(UnhandledPanic policy) {
        unhandledPanic = Objects.requireNonNull(policy, "unhandledPanic");
        return this;
    }

    @Override
    public RuntimeBuilder disableLifoSlot() {
        lifoSlot = false;
        return this;
    }

    @Override
    public RuntimeBuilder rngSeed(long seed) {
        rngSeed = seed;
        return this;
    }

    @Override
    public RuntimeBuilder enableEagerDriverHandoff() {
        eagerDriverHandoff = true;
        return this;
    }

    @Override
    public RuntimeBuilder enableIoUring() {
        return enableIoUring(UringCalls.KERNEL);
    }

    /** For tests: a kernel that refuses. */
    public RuntimeBuilder enableIoUring(UringCalls kernel) {
        ring = kernel;
        return enableIo();
    }

    @Override
    public RuntimeBuilder enableMetricsPollTimeHistogram() {
        countPollTimes = true;
        return this;
    }

    @Override
    public RuntimeBuilder metricsPollTimeHistogramConfiguration(HistogramConfiguration configuration) {
        pollTimes = Objects.requireNonNull(configuration, "metricsPollTimeHistogramConfiguration");
        return this;
    }

    @Override
    public RuntimeBuilder enableMetricsScheduleLatencyHistogram() {
        countLatencies = true;
        return this;
    }

    @Override
    public RuntimeBuilder metricsScheduleLatencyHistogramConfiguration(HistogramConfiguration configuration) {
        latencies = Objects.requireNonNull(configuration, "metricsScheduleLatencyHistogramConfiguration");
        return this;
    }

    @Override
    public RuntimeBuilder workerAffinity(IntUnaryOperator cpuOfWorker) {
        affinity = Objects.requireNonNull(cpuOfWorker, "workerAffinity");
        return this;
    }

    /** For tests: a smaller local queue overflows sooner. */
    public RuntimeBuilder localQueueCapacity(int capacity) {
        if (capacity < MIN_QUEUE_CAPACITY || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("localQueueCapacity=" + capacity + "; want a power of two from "
                    + MIN_QUEUE_CAPACITY + " on");
        }
        localQueueCapacity = capacity;
        return this;
    }

    @Override
    public EdoRuntime build() {
        boolean multi = flavor == RuntimeFlavor.MULTI_THREAD;
        if (startPaused && (multi || !enableTime)) {
            throw new IllegalArgumentException("startPaused=true needs currentThread() and enableTime()");
        }
        if (unhandledPanic == UnhandledPanic.SHUTDOWN_RUNTIME && multi) {
            throw new IllegalArgumentException("unhandledPanic=SHUTDOWN_RUNTIME needs currentThread()");
        }
        if (affinity != null && !multi) {
            throw new IllegalArgumentException("workerAffinity needs multiThread(); a current-thread runtime has no"
                    + " threads of its own to bind");
        }
        NativeLibrary.ensureLoaded();
        JdkNotices.sayOnce(Carriers.refusal());
        boolean pollsAreTold = beforePoll != null || afterPoll != null;
        boolean anyIsTold = pollsAreTold || onTaskSpawn != null || onTaskTerminate != null;
        int workersToBe = multi ? (workers > 0 ? workers : defaultWorkers()) : 1;
        var cpuOfWorker = affinity == null ? null : AffinityTrial.run(affinity, workersToBe);
        var hooks = new TaskHooks(onTaskSpawn, onTaskTerminate, beforePoll, afterPoll,
                tracksPlace && anyIsTold,
                (tracksLatency || countLatencies) && pollsAreTold,
                Histogram.forWorkers(workersToBe, countLatencies ? latencies : null));
        return new EdoRuntimeImpl(new RuntimeHandle(new RuntimeConfig(
                flavor,
                workersToBe,
                maxBlockingThreads,
                keepAliveNanos,
                stackSizeBytes,
                threadNames != null ? threadNames : numbered(threadName),
                name,
                new ThreadHooks(onStart, onStop, onPark, onUnpark),
                hooks.equals(TaskHooks.NONE) ? TaskHooks.NONE : hooks,
                eventInterval,
                globalQueueInterval,
                enableIo ? maxIoEvents : 0,
                enableTime,
                startPaused,
                unhandledPanic,
                lifoSlot,
                rngSeed,
                cpuOfWorker,
                eagerDriverHandoff,
                ring,
                countPollTimes ? pollTimes : null,
                localQueueCapacity)));
    }

    @Override
    public LocalRuntime buildLocal() {
        if (flavor != RuntimeFlavor.CURRENT_THREAD) {
            throw new IllegalArgumentException("buildLocal() needs currentThread()");
        }
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("buildLocal() on " + Thread.currentThread() + ", whose carrier changes; build"
                    + " the runtime on a platform thread");
        }
        return new LocalRuntimeImpl(build());
    }

    private static int defaultWorkers() {
        int processors = Math.min(Runtime.getRuntime().availableProcessors(), MAX_WORKERS);
        return NumberProperty.read("edo.workers", processors, 1, MAX_WORKERS);
    }

    private static Supplier<String> numbered(String base) {
        var next = new AtomicInteger();
        return () -> base + "-" + next.getAndIncrement();
    }

    private static int inRange(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(option + "=" + value + "; want " + least + " to " + most);
        }
        return value;
    }

    private static String notBlank(String option, String value) {
        if (Objects.requireNonNull(value, option).isBlank()) {
            throw new IllegalArgumentException(option + "=\"" + value + "\"; want a name that is not blank");
        }
        return value;
    }
}
