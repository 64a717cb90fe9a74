package dev.edo.runtime;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/**
 * Configures a runtime. A bad value is rejected at once with an {@link IllegalArgumentException} that names the
 * option, the value and the range.
 *
 * <pre>{@code
 * try (var runtime = EdoRuntime.builder()
 *         .multiThread()
 *         .workerThreads(4)
 *         .enableAll()
 *         .threadName("frontend")
 *         .build()) {
 *     runtime.blockOn(() -> serve(address));
 * }
 * }</pre>
 *
 * <p><em>Errors:</em> what a hook throws goes to the uncaught-exception handler of its thread, and changes nothing
 * else.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/runtime/struct.Builder.html">tokio::runtime::Builder</a>
 */
public interface RuntimeBuilder {
    /** {@return this, with worker threads that steal from each other (the default)} */
    RuntimeBuilder multiThread();

    /** {@return this, with all tasks on the thread inside {@code blockOn}} */
    RuntimeBuilder currentThread();

    /** {@return this, with I/O and time enabled} */
    RuntimeBuilder enableAll();

    /** {@return this, with sockets enabled} */
    RuntimeBuilder enableIo();

    /** {@return this, with timers enabled} */
    RuntimeBuilder enableTime();

    /**
     * Sets the number of workers of a multi-thread runtime.
     *
     * @param count 1 to 32,767; default: the available processors, or the property {@code edo.workers}
     * @return this
     */
    RuntimeBuilder workerThreads(int count);

    /**
     * Limits the blocking pool.
     *
     * @param count at least 1; default 512
     * @return this
     */
    RuntimeBuilder maxBlockingThreads(int count);

    /**
     * Sets how long an idle thread of the blocking pool stays.
     *
     * @param keepAlive not negative; default 10 s
     * @return this
     */
    RuntimeBuilder threadKeepAlive(Duration keepAlive);

    /**
     * Sets the stack size of the threads that the runtime starts.
     *
     * @param bytes at least 65,536, or 0 for the JVM's default
     * @return this
     */
    RuntimeBuilder threadStackSize(long bytes);

    /**
     * Names the threads, those of workers and of the blocking pool alike: a thread takes either duty over.
     *
     * @param name not blank; default {@code edo-worker}; a number is appended
     * @return this
     */
    RuntimeBuilder threadName(String name);

    /**
     * Names the threads one by one.
     *
     * @param names called for each new thread
     * @return this
     */
    RuntimeBuilder threadName(Supplier<String> names);

    /**
     * Names the runtime, for dumps and metrics.
     *
     * @param name not blank
     * @return this
     */
    RuntimeBuilder name(String name);

    /**
     * Runs on each thread of the runtime before anything else does.
     *
     * @param hook must not throw
     * @return this
     */
    RuntimeBuilder onThreadStart(Runnable hook);

    /**
     * Runs on each thread of the runtime before it ends.
     *
     * @param hook must not throw
     * @return this
     */
    RuntimeBuilder onThreadStop(Runnable hook);

    /**
     * Runs on a worker before it goes to sleep.
     *
     * @param hook must not throw
     * @return this
     */
    RuntimeBuilder onThreadPark(Runnable hook);

    /**
     * Runs on a worker after it woke up.
     *
     * @param hook must not throw
     * @return this
     */
    RuntimeBuilder onThreadUnpark(Runnable hook);

    /**
     * Sets after how many task polls a busy worker looks at I/O and timers.
     *
     * @param polls 1 to 1,000,000; default 61
     * @return this
     */
    RuntimeBuilder eventInterval(int polls);

    /**
     * Sets after how many task polls a busy worker looks at the shared queue first.
     *
     * @param polls 1 to 1,000,000; default 31 for current-thread; adapted to the poll times, and to how much waits
     *     there, for multi-thread
     * @return this
     */
    RuntimeBuilder globalQueueInterval(int polls);

    /**
     * Limits the events taken from the kernel at once.
     *
     * @param events 1 to 65,536; default 1,024
     * @return this
     */
    RuntimeBuilder maxIoEventsPerTick(int events);

    /**
     * Starts with the clock stopped; current-thread only, and with timers enabled.
     *
     * @param paused whether time stands still until resumed or advanced
     * @return this
     */
    RuntimeBuilder startPaused(boolean paused);

    /**
     * Runs where a task is spawned. No hook of this kind is told of blocking jobs, nor of the tasks of a
     * {@link dev.edo.task.LocalSet}.
     *
     * @param hook must not throw
     * @return this
     */
    RuntimeBuilder onTaskSpawn(Consumer<TaskMeta> hook);

    /**
     * Runs where a task ended, and is told what it threw.
     *
     * @param hook must not throw
     * @return this
     */
    RuntimeBuilder onTaskTerminate(Consumer<TaskMeta> hook);

    /**
     * Runs on the worker before each poll of a task.
     *
     * @param hook must not throw
     * @return this
     */
    RuntimeBuilder onBeforeTaskPoll(Consumer<TaskMeta> hook);

    /**
     * Runs on the worker after each poll of a task.
     *
     * @param hook must not throw
     * @return this
     */
    RuntimeBuilder onAfterTaskPoll(Consumer<TaskMeta> hook);

    /**
     * Lets the hooks around a poll know how long the task had been waiting for it
     * ({@link TaskMeta#scheduleLatency()}), which costs a look at the clock each time a task is scheduled
     * and each time it is polled, and an object for each poll. {@link #enableMetricsScheduleLatencyHistogram()}
     * lets them know too.
     *
     * @return this
     */
    RuntimeBuilder trackTaskScheduleLatency();

    /**
     * Lets the hooks know which line of the program spawned a task ({@link TaskMeta#spawnedAt()}), which costs a walk
     * up the stack, about a microsecond, for each spawn.
     *
     * @return this
     */
    RuntimeBuilder trackTaskSpawnLocation();

    /**
     * Sets what happens when a task throws.
     *
     * @param policy default {@link UnhandledPanic#IGNORE}; the other one is for current-thread only
     * @return this
     */
    RuntimeBuilder unhandledPanic(UnhandledPanic policy);

    /** {@return this, without the slot that lets a woken task run next} */
    RuntimeBuilder disableLifoSlot();

    /**
     * Makes random choices repeatable: with which branch a {@link dev.edo.future.Select} begins, which
     * worker is stolen from. What follows from the timing of threads is not repeatable; tasks of a
     * current-thread runtime, and those that run on one worker in the same order, choose the same again.
     *
     * @param seed any number
     * @return this
     */
    RuntimeBuilder rngSeed(long seed);

    /**
     * Lets a worker that leaves the sleep in the drivers wake another one, which takes its place there, before it runs
     * a task. Where that task blocks its worker until an event comes for another one, that event gets through. Costs
     * a wake-up of a worker each time; multi-thread only, elsewhere without effect.
     *
     * @return this
     */
    RuntimeBuilder enableEagerDriverHandoff();

    /**
     * Has Linux's io_uring make calls on files where it can, instead of threads of the blocking pool: {@link
     * dev.edo.fs.OpenOptions#open}, {@link dev.edo.fs.File#read}, {@link dev.edo.fs.Fs#read}, {@link
     * dev.edo.fs.Fs#write(java.nio.file.Path, byte[])}, {@link dev.edo.fs.Fs#rename} and {@link
     * dev.edo.fs.Fs#tryExists}. Includes {@link #enableIo()}; {@link #enableAll()} does not include this.
     *
     * <p>What a call comes to stays the same, and so do its errors: what the kernel says has failed is made again by the
     * JDK, on the blocking pool. All other calls are made there as ever. A read of what the system has in its cache
     * costs neither a thread nor a wake-up.
     *
     * <p>Where the system has no io_uring or refuses it, as many containers do, all calls are made on the blocking pool,
     * and one warning is logged.
     *
     * <p>A shutdown of the runtime ends calls that the kernel is at, and a {@code Fs.write} that was given up with them;
     * until then that goes on as long as somebody drives the runtime. In a current-thread runtime calls that are polled
     * outside of {@code blockOn} are made on the blocking pool, too, since nobody would see their end.
     *
     * @return this
     * @see <a href="https://docs.rs/tokio/latest/tokio/runtime/struct.Builder.html#method.enable_io_uring">tokio's
     *     enable_io_uring</a>
     */
    RuntimeBuilder enableIoUring();

    /**
     * Counts how long workers take for a poll, in {@link RuntimeMetrics#pollTimeHistogramBucketCount}: a task and those
     * after it that ran from the LIFO slot. Costs two looks at the clock per poll.
     *
     * @return this
     */
    RuntimeBuilder enableMetricsPollTimeHistogram();

    /**
     * Sets the buckets of the poll times; they are counted only if that {@linkplain #enableMetricsPollTimeHistogram()
     * is enabled}.
     *
     * @param configuration default ten buckets of 100 µs
     * @return this
     */
    RuntimeBuilder metricsPollTimeHistogramConfiguration(HistogramConfiguration configuration);

    /**
     * Counts how long tasks wait from the moment they are runnable until they run, in
     * {@link RuntimeMetrics#scheduleLatencyHistogramBucketCount}. Costs two looks at the clock each time, and an object
     * for each task. Hooks around a poll are told as with {@link #trackTaskScheduleLatency()}.
     *
     * @return this
     */
    RuntimeBuilder enableMetricsScheduleLatencyHistogram();

    /**
     * Sets the buckets of the waiting times; they are counted only if that
     * {@linkplain #enableMetricsScheduleLatencyHistogram() is enabled}.
     *
     * @param configuration default ten buckets of 100 µs
     * @return this
     */
    RuntimeBuilder metricsScheduleLatencyHistogramConfiguration(HistogramConfiguration configuration);

    /**
     * Binds workers to processors; multi-thread only. Elsewhere than on Linux it has no effect, and the log says so.
     *
     * @param cpuOfWorker from the worker's index to the processor's number; asked once for each, when building
     * @return this
     */
    RuntimeBuilder workerAffinity(IntUnaryOperator cpuOfWorker);

    /**
     * Builds and starts the runtime.
     *
     * @return the runtime; close it
     * @throws IllegalArgumentException where options contradict each other, the property {@code edo.workers} or
     *     {@code edo.io.maxSlots} is no number or out of range, or a worker cannot have its processor
     * @throws IllegalStateException where Edo's native library, or what binds workers, cannot be loaded, or no thread
     *     can be started; the message says what to do
     * @throws java.io.UncheckedIOException where the system refuses what sockets need, as when descriptors have run out
     */
    EdoRuntime build();

    /**
     * Builds a current-thread runtime that belongs to the calling thread.
     *
     * @return the runtime; close it, on this thread
     * @throws IllegalArgumentException as {@link #build()}, and for another flavour
     * @throws IllegalStateException as {@link #build()}, and on a virtual thread, whose carrier changes
     * @throws java.io.UncheckedIOException as {@link #build()}
     */
    LocalRuntime buildLocal();
}
