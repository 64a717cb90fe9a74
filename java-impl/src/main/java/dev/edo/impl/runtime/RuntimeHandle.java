package dev.edo.impl.runtime;

import dev.edo.future.Future;
import dev.edo.future.Waker;
import dev.edo.impl.blocking.BlockingPool;
import dev.edo.impl.blocking.BlockingTask;
import dev.edo.impl.driver.Driver;
import dev.edo.impl.driver.io.IoDriver;
import dev.edo.impl.io.FileRingImpl;
import dev.edo.impl.scheduler.EdoThread;
import dev.edo.impl.scheduler.FastRand;
import dev.edo.impl.scheduler.Histogram;
import dev.edo.impl.scheduler.Scheduler;
import dev.edo.impl.scheduler.ThreadContext;
import dev.edo.impl.scheduler.currentthread.CurrentThread;
import dev.edo.impl.scheduler.multithread.MultiThread;
import dev.edo.impl.task.StacklessTask;
import dev.edo.impl.task.Task;
import dev.edo.impl.task.TaskHooks;
import dev.edo.impl.task.coroutine.Carriers;
import dev.edo.impl.task.coroutine.Coroutine;
import dev.edo.impl.task.coroutine.ThreadWaker;
import dev.edo.impl.task.local.LocalTasks;
import dev.edo.impl.time.Clock;
import dev.edo.impl.time.TimeDriver;
import dev.edo.runtime.Dump;
import dev.edo.runtime.EnterGuard;
import dev.edo.runtime.Handle;
import dev.edo.runtime.RuntimeFlavor;
import dev.edo.runtime.RuntimeId;
import dev.edo.runtime.RuntimeMetrics;
import dev.edo.spi.FileRing;
import dev.edo.task.Action;
import dev.edo.task.JoinHandle;
import dev.edo.task.TaskBuilder;
import dev.edo.task.TaskLocal;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The parts of one runtime, and everything that can be done with it short of shutting it down. */
public final class RuntimeHandle implements Handle {
    private static final AtomicLong NEXT_ID = new AtomicLong(1);

    private final RuntimeId id = new RuntimeId(NEXT_ID.getAndIncrement());
    private final RuntimeConfig config;
    private final Driver driver;
    private final BlockingPool blockingPool;
    private final Scheduler scheduler;
    private final @Nullable MultiThread multiThread;
    private final @Nullable CurrentThread currentThread;
    private @Nullable LocalRuntimeImpl local;
    private final @Nullable FileRing fileRing;
    private final AtomicLong random;

    RuntimeHandle(RuntimeConfig config) {
        this.config = config;
        this.random = new AtomicLong(config.rngSeed());
        boolean multi = config.flavor() == RuntimeFlavor.MULTI_THREAD;
        int workers = multi ? config.workers() : 0;
        var clock = config.enableTime() ? new Clock(config.startPaused()) : null;
        this.driver = Driver.open(config.maxIoEvents(), config.ring(), clock, workers + 1);
        try {
            this.blockingPool = new BlockingPool(config, workers, this::newThread);
            this.multiThread = multi ? new MultiThread(config, driver, blockingPool::execute) : null;
            this.currentThread = multi ? null : new CurrentThread(config, driver);
        } catch (RuntimeException | Error e) {
            driver.park().shutdown(); // nobody else knows it
            throw e;
        }
        this.fileRing = fileRing(driver, currentThread != null ? driver.time() : null);
        this.scheduler = multiThread != null ? multiThread : Objects.requireNonNull(currentThread);
        if (multiThread != null) {
            boolean started = false;
            try {
                multiThread.start();
                started = true;
            } finally {
                if (!started) {
                    blockingPool.shutDown(); // the threads that were started
                }
            }
        }
    }

    /**
     * What makes calls on files, or null.
     *
     * @param time a clock that may be stopped, and must not overtake a call then; or null
     */
    private static @Nullable FileRing fileRing(Driver driver, @Nullable TimeDriver time) {
        var io = driver.io();
        var ring = io == null ? null : io.uring();
        if (ring == null) {
            return null;
        }
        if (time != null) {
            ring.onEach(time::inhibitAutoAdvance, time::allowAutoAdvance);
        }
        return new FileRingImpl(ring);
    }

    private Thread newThread(String name, Runnable body) {
        return new EdoThread(this, name, config.stackSizeBytes(), body);
    }

    // --- finding the current runtime

    /** The runtime that the calling thread is inside of, or an exception with the remedy. */
    public static RuntimeHandle current() {
        var handle = tryCurrent();
        if (handle == null) {
            throw new IllegalStateException("no Edo runtime on this thread; call from inside Edo.run, blockOn or"
                    + " a task, or enter one: try (var guard = runtime.handle().enter()) { ... }");
        }
        return handle;
    }

    /** The runtime that the calling thread is inside of, or null. */
    public static @Nullable RuntimeHandle tryCurrent() {
        if (Entered.anyVirtual() || !Carriers.available()) {
            if (Thread.currentThread().isVirtual()) {
                var own = ThreadContext.entered();
                if (own != null && own.handle != null) {
                    return own.handle;
                }
            }
        }
        var context = ThreadContext.carrier();
        return context == null ? null : context.handle;
    }

    @Override
    public EnterGuard enter() {
        return Entered.enter(this);
    }

    // --- the parts

    /** The I/O driver, or an exception that says how to enable it. */
    public IoDriver io() {
        var io = driver.io();
        if (io == null) {
            throw new IllegalStateException(describe() + " has no I/O driver; build it with enableIo() or enableAll()");
        }
        return io;
    }

    /** The time driver, or an exception that says how to enable it. */
    public TimeDriver time() {
        var time = driver.time();
        if (time == null) {
            throw new IllegalStateException(describe() + " has no timers; build it with enableTime() or enableAll()");
        }
        return time;
    }

    /** The time driver, or null. */
    public @Nullable TimeDriver timeOrNull() {
        return driver.time();
    }

    /** The I/O driver, or null. */
    public @Nullable IoDriver ioOrNull() {
        return driver.io();
    }

    /** What makes calls on files; null where there is none, or nobody may be inside the drivers to see their ends. */
    public @Nullable FileRing fileRing() {
        return fileRing != null && (currentThread == null || currentThread.isHere()) ? fileRing : null;
    }

    /** The calling worker's own timer shard, or the shared last one for any other thread. */
    public int timerShard() {
        if (multiThread == null) {
            return 0;
        }
        var context = ThreadContext.carrier();
        var worker = context == null ? null : context.worker;
        return worker != null && worker.scheduler() == multiThread ? worker.index() : config.workers();
    }

    BlockingPool blockingPool() {
        return blockingPool;
    }

    RuntimeConfig config() {
        return config;
    }

    /** A random number for what is polled inside this runtime, outside of its workers (SplitMix64); any thread. */
    public int random() {
        long z = random.addAndGet(FastRand.GAMMA);
        z = (z ^ z >>> 33) * 0x62A9D9ED799705F5L;
        z = (z ^ z >>> 28) * 0xCB24D0A5C88C35B3L;
        return (int) (z >>> 32);
    }

    /** Wakes a waker after the drivers were looked at once more. */
    public void defer(Waker waker) {
        scheduler.defer(waker);
    }

    Scheduler scheduler() {
        return scheduler;
    }

    /** How long the tasks of each worker waited for their turn, or null where that is not counted. */
    Histogram @Nullable [] latencies() {
        return config.taskHooks().latencies();
    }

    @Nullable MultiThread multiThread() {
        return multiThread;
    }

    /** The current-thread scheduler, or null. */
    public @Nullable CurrentThread currentThread() {
        return currentThread;
    }

    /** The local runtime that this is the handle of, or null. */
    public @Nullable LocalTasks local() {
        return local;
    }

    /** Makes this the handle of a local runtime; called before anybody else knows it. */
    void bindTo(LocalRuntimeImpl runtime) {
        local = runtime;
    }

    // --- spawning

    @Override
    public <T extends @Nullable Object> JoinHandle<T> spawn(Future<T> future) {
        return spawn(future, null);
    }

    <T extends @Nullable Object> JoinHandle<T> spawn(Future<T> future, @Nullable String name) {
        var task = new StacklessTask<T>(scheduler, TaskLocal.inherit(future));
        task.rename(name);
        if (admit(task)) {
            scheduler.schedule(task);
            scheduler.owned().shutDownIfClosed(task);
        }
        return task;
    }

    @Override
    public <T extends @Nullable Object> JoinHandle<T> spawn(Callable<T> body) {
        return spawn(body, null);
    }

    <T extends @Nullable Object> JoinHandle<T> spawn(Callable<T> body, @Nullable String name) {
        var task = new Coroutine<T>(scheduler, this, TaskLocal.inherit(body));
        task.rename(name);
        if (admit(task)) {
            task.start();
            scheduler.owned().shutDownIfClosed(task);
        }
        return task;
    }

    @Override
    public JoinHandle<@Nullable Void> spawn(Action body) {
        return spawn(callable(body));
    }

    /** Counts a task and tells the hooks of it; where the runtime has been closed the task has ended, and false. */
    private boolean admit(Task<?> task) {
        boolean admitted = scheduler.owned().admit(task, scheduler.ownList());
        var hooks = config.taskHooks();
        if (hooks != TaskHooks.NONE) {
            task.noteFacts(hooks.tellsPlace() ? SpawnPlace.ofCaller() : null, hooks.timesWaits());
            TaskHooks.call(hooks.onSpawn(), task);
            task.noteScheduled();
        }
        if (!admitted) {
            task.abandon();
        }
        return admitted;
    }

    @Override
    public <T extends @Nullable Object> JoinHandle<T> spawnBlocking(Callable<T> body) {
        return spawnBlocking(body, false);
    }

    @Override
    public TaskBuilder task() {
        return new TaskBuilderImpl(this);
    }

    @Override
    public JoinHandle<@Nullable Void> spawnBlocking(Action body) {
        return spawnBlocking(callable(body));
    }

    /**
     * Runs a job on the blocking pool.
     *
     * @param mandatory whether it runs even if the runtime shuts down before it started
     */
    public <T extends @Nullable Object> JoinHandle<T> spawnBlocking(Callable<T> body, boolean mandatory) {
        return spawnBlocking(body, mandatory, null);
    }

    <T extends @Nullable Object> JoinHandle<T> spawnBlocking(
            Callable<T> body, boolean mandatory, @Nullable String name) {
        var job = blockingTask(body, mandatory);
        job.rename(name);
        boolean unused = execute(job); // one that was not accepted has been cancelled
        return job;
    }

    /**
     * Runs a job on the blocking pool, even if the runtime shuts down before it started.
     *
     * @return null where the runtime has been shut down, and the job is not run
     */
    public <T extends @Nullable Object> @Nullable JoinHandle<T> spawnMandatoryBlocking(Callable<T> body) {
        var job = blockingTask(body, true);
        return execute(job) ? job : null;
    }

    private <T extends @Nullable Object> BlockingTask<T> blockingTask(Callable<T> body, boolean mandatory) {
        // A stopped clock must not overtake the job, nor one that is stopped while the job runs; others never stop.
        var time = currentThread == null ? null : driver.time();
        return new BlockingTask<>(scheduler, TaskLocal.inherit(body), mandatory, time);
    }

    /** Gives a job to the pool; one that is not accepted is cancelled. */
    private boolean execute(BlockingTask<?> job) {
        job.begin();
        boolean accepted = false;
        try {
            accepted = blockingPool.execute(job);
        } finally {
            if (!accepted) {
                job.abandon();
            }
        }
        return accepted;
    }

    private static Callable<@Nullable Void> callable(Action body) {
        return new ActionCall(body);
    }

    // --- blocking

    @Override
    public <T extends @Nullable Object> T blockOn(Future<T> future) throws Exception {
        var context = enterBlocking("blockOn");
        try (var _ = enter()) {
            var outer = context.blockingOn;
            context.blockingOn = this;
            try {
                return currentThread != null ? currentThread.blockOn(future) : ThreadWaker.await(future);
            } finally {
                context.blockingOn = outer;
            }
        }
    }

    @Override
    public <T extends @Nullable Object> T blockOn(Callable<T> body) throws Exception {
        var context = enterBlocking("blockOn");
        try (var _ = enter()) {
            var outer = context.blockingOn;
            context.blockingOn = this;
            try {
                return body.call();
            } finally {
                context.blockingOn = outer;
            }
        }
    }

    @Override
    public void blockOn(Action body) throws Exception {
        blockOn(callable(body));
    }

    private ThreadContext enterBlocking(String what) {
        if (Thread.currentThread().isVirtual()) {
            if (Task.current() != null) {
                throw new IllegalStateException(what + " inside a task would block its worker; use await() there");
            }
            if (currentThread != null) {
                throw new IllegalStateException(what + " of a current-thread runtime needs a platform thread, because"
                        + " tasks are mounted on it; call it from one, or use a multi-thread runtime");
            }
            return new ThreadContext();
        }
        var context = ThreadContext.ofPlatformThread();
        if (context.inScheduler) {
            throw new IllegalStateException(what + " inside a task would block its worker; return a future from the"
                    + " task, or use spawn(() -> ...) and await()");
        }
        return context;
    }

    // --- facts

    @Override
    public RuntimeFlavor flavor() {
        return config.flavor();
    }

    @Override
    public RuntimeId id() {
        return id;
    }

    @Override
    public @Nullable String name() {
        return config.name();
    }

    @Override
    public RuntimeMetrics metrics() {
        return multiThread != null
                ? new MultiThreadMetrics(this, multiThread)
                : new CurrentThreadMetrics(this, Objects.requireNonNull(currentThread));
    }

    @Override
    public Future<Dump> dump(Duration limit) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("limit=" + limit + " must not be negative; zero waits for no task");
        }
        return Future.<Future<Dump>>lazy(() -> DumpInProgress.start(this, limit)).then(dump -> dump);
    }

    @Override
    public boolean isShutdown() {
        return multiThread != null
                ? multiThread.isShutdown()
                : Objects.requireNonNull(currentThread).isShutdown();
    }

    private String describe() {
        return config.name() == null ? "this runtime" : "runtime " + config.name();
    }

    @Override
    public String toString() {
        return "Handle[runtime " + id + (config.name() == null ? "" : " " + config.name()) + "]";
    }
}
