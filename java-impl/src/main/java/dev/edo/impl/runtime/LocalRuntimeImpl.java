package dev.edo.impl.runtime;

import dev.edo.future.Future;
import dev.edo.impl.scheduler.ThreadContext;
import dev.edo.impl.task.Task;
import dev.edo.impl.task.coroutine.Carriers;
import dev.edo.impl.task.local.LocalTasks;
import dev.edo.runtime.EdoRuntime;
import dev.edo.runtime.EnterGuard;
import dev.edo.runtime.Handle;
import dev.edo.runtime.LocalRuntime;
import dev.edo.runtime.ShutdownReport;
import dev.edo.task.Action;
import dev.edo.task.JoinHandle;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A current-thread runtime whose core no other thread gets. */
final class LocalRuntimeImpl implements LocalRuntime, LocalTasks {
    private final Thread owner = Thread.currentThread();
    private final EdoRuntime runtime;
    private final RuntimeHandle handle;

    LocalRuntimeImpl(EdoRuntime runtime) {
        this.runtime = runtime;
        this.handle = (RuntimeHandle) runtime.handle();
        handle.bindTo(this);
        Objects.requireNonNull(handle.currentThread()).bindTo(owner);
    }

    @Override
    public Handle handle() {
        return handle;
    }

    @Override
    public boolean isHere() {
        return Carriers.currentCarrier() == owner;
    }

    private void checkHere(String what) {
        if (!isHere()) {
            throw new IllegalStateException(what + " on " + Thread.currentThread() + ", but the"
                    + " LocalRuntime belongs to "
                    + owner + "; use its handle() to spawn from other threads");
        }
    }

    @Override
    public <T extends @Nullable Object> JoinHandle<T> spawnLocal(Future<T> future, @Nullable String name) {
        checkHere("spawnLocal");
        return handle.spawn(future, name);
    }

    @Override
    public <T extends @Nullable Object> JoinHandle<T> spawnLocal(Callable<T> body, @Nullable String name) {
        checkHere("spawnLocal");
        return handle.spawn(body, name);
    }

    @Override
    public <T extends @Nullable Object> T blockOn(Future<T> future) throws Exception {
        checkHere("blockOn");
        return handle.blockOn(future);
    }

    @Override
    public <T extends @Nullable Object> T blockOn(Callable<T> body) throws Exception {
        checkHere("blockOn");
        return handle.blockOn(body);
    }

    @Override
    public void blockOn(Action body) throws Exception {
        checkHere("blockOn");
        handle.blockOn(body);
    }

    @Override
    public EnterGuard enter() {
        checkHere("enter()");
        return handle.enter();
    }

    @Override
    public void close() {
        checkMayEnd("close()");
        runtime.close();
    }

    @Override
    public ShutdownReport shutdownTimeout(Duration timeout) {
        checkMayEnd("shutdownTimeout(" + timeout + ")");
        return runtime.shutdownTimeout(timeout);
    }

    @Override
    public void shutdownBackground() {
        checkMayEnd("shutdownBackground()");
        var unused = runtime.shutdownTimeout(Duration.ZERO); // the core is free: the tasks end here and now
    }

    /** Ends on its thread, or anywhere once that thread is gone; never inside its own blockOn. */
    private void checkMayEnd(String what) {
        if (!owner.isAlive()) {
            Objects.requireNonNull(handle.currentThread()).bindTo(Thread.currentThread());
            return;
        }
        checkHere(what);
        var context = ThreadContext.carrier();
        if (context != null && (context.inScheduler || isOwn(context.task) || context.blockingOn == handle)) {
            throw new IllegalStateException(what + " inside blockOn of the LocalRuntime itself; shut it"
                    + " down when blockOn"
                    + " has returned");
        }
    }

    /** Not so for a blocking job, or blockInPlace, of another runtime that has made this one: its thread may wait. */
    private boolean isOwn(@Nullable Task<?> task) {
        return task != null && task.scheduler() == handle.scheduler();
    }

    @Override
    public String toString() {
        return "LocalRuntime[" + handle.id() + "]";
    }
}
