package dev.edo.impl.runtime;

import dev.edo.future.Future;
import dev.edo.impl.io.IoProviderImpl;
import dev.edo.impl.net.NetProviderImpl;
import dev.edo.impl.process.ProcessProviderImpl;
import dev.edo.impl.scheduler.ThreadContext;
import dev.edo.impl.signal.SignalProviderImpl;
import dev.edo.impl.task.Task;
import dev.edo.impl.task.coroutine.Coroutine;
import dev.edo.impl.task.coroutine.ThreadWaker;
import dev.edo.impl.task.local.LocalSetImpl;
import dev.edo.impl.task.local.LocalTasks;
import dev.edo.impl.time.TimeProviderImpl;
import dev.edo.runtime.Handle;
import dev.edo.runtime.RuntimeBuilder;
import dev.edo.spi.EdoProvider;
import dev.edo.spi.IoProvider;
import dev.edo.spi.NetProvider;
import dev.edo.spi.ProcessProvider;
import dev.edo.spi.SignalProvider;
import dev.edo.spi.TimeProvider;
import dev.edo.task.LocalSet;
import dev.edo.task.LocalSpawner;
import dev.edo.task.TaskId;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The service behind {@code dev.edo}. */
public final class Provider implements EdoProvider {
    private final TimeProvider time = new TimeProviderImpl();
    private final NetProvider net = new NetProviderImpl();
    private final IoProvider io = new IoProviderImpl();
    private final SignalProvider signals = new SignalProviderImpl();
    private final ProcessProvider processes = new ProcessProviderImpl();

    @Override
    public RuntimeBuilder builder() {
        return new BuilderImpl();
    }

    @Override
    public @Nullable Handle currentHandle() {
        return RuntimeHandle.tryCurrent();
    }

    @Override
    public @Nullable TaskId currentTaskId() {
        var task = Task.current();
        return task == null ? null : task.id();
    }

    @Override
    public OptionalInt currentWorker() {
        return CurrentWorker.index();
    }

    @Override
    public <T extends @Nullable Object> T await(Future<T> future) throws Exception {
        var context = ThreadContext.carrier();
        if (Thread.currentThread().isVirtual()) {
            return Task.current() instanceof Coroutine<?> coroutine
                    ? coroutine.await(future)
                    : ThreadWaker.await(future);
        }
        if (context == null) {
            return ThreadWaker.await(future);
        }
        if (context.inScheduler) {
            throw new IllegalStateException("await() inside a stackless task would block its worker; poll the future"
                    + " and return Poll.pending(), or spawn(() -> ...) the task in direct style");
        }
        var blockingOn = context.blockingOn;
        var currentThread = blockingOn == null ? null : blockingOn.currentThread();
        return currentThread != null ? currentThread.blockOn(future) : ThreadWaker.await(future);
    }

    @Override
    public boolean hasBudgetRemaining() {
        var task = Task.current();
        return task == null || task.isExempt() || task.hasBudgetRemaining();
    }

    @Override
    public boolean exemptFromBudget(boolean exempt) {
        var task = Task.current();
        return task != null && task.exempt(exempt);
    }

    @Override
    public LocalSet newLocalSet() {
        return new LocalSetImpl();
    }

    @Override
    public @Nullable LocalSpawner currentLocal() {
        return LocalTasks.current();
    }

    @Override
    public Future<@Nullable Void> yieldNow() {
        return new YieldNow();
    }

    @Override
    public <T extends @Nullable Object> T blockInPlace(Callable<T> body) throws Exception {
        return BlockInPlace.run(body);
    }

    @Override
    public TimeProvider time() {
        return time;
    }

    @Override
    public NetProvider net() {
        return net;
    }

    @Override
    public IoProvider io() {
        return io;
    }

    @Override
    public SignalProvider signals() {
        return signals;
    }

    @Override
    public ProcessProvider processes() {
        return processes;
    }
}
