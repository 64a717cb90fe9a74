package dev.edo.impl.task.local;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.impl.scheduler.ThreadContext;
import dev.edo.impl.task.StacklessTask;
import dev.edo.impl.task.coroutine.Coroutine;
import dev.edo.runtime.EnterGuard;
import dev.edo.runtime.UnhandledPanic;
import dev.edo.task.JoinHandle;
import dev.edo.task.LocalSet;
import dev.edo.task.TaskLocal;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A local set as its owner sees it. */
public final class LocalSetImpl implements LocalSet, LocalTasks {
    private static final AtomicLong NEXT_ID = new AtomicLong(1);

    private final long id = NEXT_ID.getAndIncrement();
    private final LocalScheduler scheduler;

    /** A set for the calling thread. */
    public LocalSetImpl() {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("LocalSet.create() on " + Thread.currentThread() + ", whose"
                    + " carrier changes;"
                    + " create the set on a platform thread: outside tasks, or in a blocking job");
        }
        this.scheduler = new LocalScheduler(this);
    }

    @Override
    public boolean isHere() {
        return scheduler.isHere();
    }

    // --- spawning

    @Override
    public <T extends @Nullable Object> JoinHandle<T> spawnLocal(Future<T> future, @Nullable String name) {
        scheduler.checkHere("spawnLocal");
        var task = new StacklessTask<T>(scheduler, TaskLocal.inherit(future));
        task.rename(name);
        if (scheduler.owned().admit(task, scheduler.ownList())) {
            scheduler.schedule(task);
        } else {
            task.abandon();
        }
        return task;
    }

    @Override
    public <T extends @Nullable Object> JoinHandle<T> spawnLocal(Callable<T> body, @Nullable String name) {
        scheduler.checkHere("spawnLocal");
        var task = new Coroutine<T>(scheduler, RuntimeHandle.current(), TaskLocal.inherit(body));
        task.rename(name);
        if (scheduler.owned().admit(task, scheduler.ownList())) {
            task.start();
        } else {
            task.abandon();
        }
        return task;
    }

    // --- running

    @Override
    public <T extends @Nullable Object> Future<T> runUntil(Future<T> future) {
        return new RunUntil<>(this, Objects.requireNonNull(future, "future"));
    }

    @Override
    public Future<@Nullable Void> runAll() {
        return Future.of(new RunAll(this));
    }

    /** Begins a poll of one of the set's futures. */
    ThreadContext begin(LocalWait wait, Context cx) {
        scheduler.checkOwner("a poll of the set");
        scheduler.register(wait, cx.waker());
        return ThreadContext.ofPlatformThread();
    }

    /** Runs tasks; true where some are left for another turn, for which the context's waker is woken. */
    boolean turn(ThreadContext context, Context cx) {
        boolean more = scheduler.turn(context);
        if (more) {
            cx.waker().wake();
        }
        return more;
    }

    /** One of the set's futures is not polled any more; from any thread. */
    void end(LocalWait wait) {
        scheduler.end(wait);
    }

    boolean isEmpty() {
        return scheduler.owned().aliveCount() == 0;
    }

    @Override
    public EnterGuard enter() {
        scheduler.checkHere("enter()");
        return new LocalEntered(this);
    }

    // --- the rest

    @Override
    public LocalSet unhandledPanic(UnhandledPanic policy) {
        scheduler.unhandledPanic(Objects.requireNonNull(policy, "policy"));
        return this;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public void close() {
        scheduler.checkOwner("close()");
        scheduler.close(ThreadContext.ofPlatformThread());
    }

    @Override
    public String toString() {
        return "LocalSet[" + id + "]";
    }
}
