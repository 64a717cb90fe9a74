package dev.edo.impl.runtime;

import dev.edo.future.Future;
import dev.edo.impl.blocking.BlockingTask;
import dev.edo.impl.scheduler.ThreadContext;
import dev.edo.impl.scheduler.multithread.Worker;
import dev.edo.impl.task.Task;
import dev.edo.impl.task.coroutine.Coroutine;
import dev.edo.runtime.Dump;
import dev.edo.runtime.EdoRuntime;
import dev.edo.runtime.EnterGuard;
import dev.edo.runtime.Handle;
import dev.edo.runtime.RuntimeFlavor;
import dev.edo.runtime.RuntimeId;
import dev.edo.runtime.RuntimeMetrics;
import dev.edo.runtime.ShutdownReport;
import dev.edo.task.Action;
import dev.edo.task.JoinHandle;
import dev.edo.task.TaskBuilder;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A runtime as its owner sees it: the handle, and the right to shut down. */
final class EdoRuntimeImpl implements EdoRuntime {
    private final RuntimeHandle handle;

    EdoRuntimeImpl(RuntimeHandle handle) {
        this.handle = handle;
    }

    @Override
    public Handle handle() {
        return handle;
    }

    // --- shutdown

    @Override
    public void close() {
        shutDown("close()", Long.MAX_VALUE);
    }

    @Override
    public ShutdownReport shutdownTimeout(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("shutdownTimeout=" + timeout + "; want a duration that is not negative");
        }
        long nanos;
        try {
            nanos = timeout.toNanos();
        } catch (ArithmeticException e) {
            nanos = Long.MAX_VALUE;
        }
        return shutDown("shutdownTimeout(" + timeout + ")", nanos);
    }

    @Override
    public void shutdownBackground() {
        begin();
        if (handle.currentThread() != null) {
            endElsewhere();
        }
    }

    private void begin() {
        handle.blockingPool().shutDown(); // first, or a worker that has ended would take a job that waits
        if (handle.multiThread() != null) {
            handle.multiThread().shutDown();
        } else {
            Objects.requireNonNull(handle.currentThread()).shutDown();
        }
    }

    private ShutdownReport shutDown(String call, long timeoutNanos) {
        var context = ThreadContext.carrier();
        if (timeoutNanos > 0 && (isInsideATask() || context != null && context.inScheduler)) {
            throw new IllegalStateException(call + " inside a task of a runtime would wait for itself; call"
                    + " shutdownBackground(), or shut down from outside");
        }
        var currentThread = handle.currentThread();
        if (timeoutNanos > 0 && currentThread != null && currentThread.isHeldByCaller()) {
            throw new IllegalStateException(call + " inside the poll of a future that blockOn is running would wait"
                    + " for itself; call shutdownBackground(), or shut down from outside");
        }
        long deadlineNanos = System.nanoTime() + timeoutNanos;
        begin();
        boolean complete = false;
        boolean interrupted = false;
        try {
            complete = awaitScheduler(timeoutNanos)
                    && handle.blockingPool().awaitEnd(left(deadlineNanos, timeoutNanos));
        } catch (InterruptedException e) {
            interrupted = true; // the owner has no time to wait; everything is on its way down
        }
        var pool = handle.blockingPool();
        var report = new ShutdownReport(complete, pool.busyThreads(BlockingTask.class), pool.busyThreads(Worker.class));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return report;
    }

    /** Not so for blocking jobs, and blockInPlace, of other runtimes: their threads may wait. */
    private boolean isInsideATask() {
        var task = Task.current();
        return task instanceof Coroutine<?> || task != null && task.scheduler() == handle.scheduler();
    }

    private static long left(long deadlineNanos, long timeoutNanos) {
        return timeoutNanos == Long.MAX_VALUE ? timeoutNanos : deadlineNanos - System.nanoTime();
    }

    private boolean awaitScheduler(long timeoutNanos) throws InterruptedException {
        var currentThread = handle.currentThread();
        if (currentThread == null) {
            return Objects.requireNonNull(handle.multiThread()).awaitEnd(timeoutNanos);
        }
        if (Thread.currentThread().isVirtual()) {
            return endElsewhere().join(Duration.ofNanos(timeoutNanos));
        }
        boolean ended = false;
        try (var _ = handle.enter()) {
            ended = currentThread.end(timeoutNanos);
        } finally {
            if (!ended) {
                endElsewhere();
            }
        }
        return ended;
    }

    /** Ends a current-thread scheduler on another platform thread, as soon as nobody holds its core. */
    private Thread endElsewhere() {
        var currentThread = Objects.requireNonNull(handle.currentThread());
        return Thread.ofPlatform().daemon().name("edo-shutdown").start(() -> {
            try (var _ = handle.enter()) {
                currentThread.end(Long.MAX_VALUE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    // --- the handle

    @Override
    public EnterGuard enter() {
        return handle.enter();
    }

    @Override
    public <T extends @Nullable Object> JoinHandle<T> spawn(Future<T> future) {
        return handle.spawn(future);
    }

    @Override
    public <T extends @Nullable Object> JoinHandle<T> spawn(Callable<T> body) {
        return handle.spawn(body);
    }

    @Override
    public JoinHandle<@Nullable Void> spawn(Action body) {
        return handle.spawn(body);
    }

    @Override
    public <T extends @Nullable Object> JoinHandle<T> spawnBlocking(Callable<T> body) {
        return handle.spawnBlocking(body);
    }

    @Override
    public JoinHandle<@Nullable Void> spawnBlocking(Action body) {
        return handle.spawnBlocking(body);
    }

    @Override
    public TaskBuilder task() {
        return handle.task();
    }

    @Override
    public <T extends @Nullable Object> T blockOn(Future<T> future) throws Exception {
        return handle.blockOn(future);
    }

    @Override
    public <T extends @Nullable Object> T blockOn(Callable<T> body) throws Exception {
        return handle.blockOn(body);
    }

    @Override
    public void blockOn(Action body) throws Exception {
        handle.blockOn(body);
    }

    @Override
    public RuntimeFlavor flavor() {
        return handle.flavor();
    }

    @Override
    public RuntimeId id() {
        return handle.id();
    }

    @Override
    public @Nullable String name() {
        return handle.name();
    }

    @Override
    public RuntimeMetrics metrics() {
        return handle.metrics();
    }

    @Override
    public Future<Dump> dump(Duration limit) {
        return handle.dump(limit);
    }

    @Override
    public boolean isShutdown() {
        return handle.isShutdown();
    }

    @Override
    public String toString() {
        return "EdoRuntime[" + handle.id() + "]";
    }
}
