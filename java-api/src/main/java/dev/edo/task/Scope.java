package dev.edo.task;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Future;
import dev.edo.future.Waker;
import dev.edo.internal.SpinLock;
import dev.edo.runtime.Handle;
import java.util.ArrayDeque;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that end before the code that spawned them goes on. Nothing that was spawned in a scope is
 * running any more when {@link #call} or {@link #run} returns, be it with a value or by throwing.
 *
 * <pre>{@code
 * String page = Scope.call(scope -> {
 *     var user = scope.spawn(() -> loadUser(id));
 *     var orders = scope.spawn(() -> loadOrders(id));
 *     return render(user.await(), orders.await());
 * });
 * }</pre>
 *
 * <p>The first failure, in a task or in the body, cancels the rest: the other tasks are aborted,
 * and the body is interrupted, so that its waiting ends with a
 * {@link java.util.concurrent.CancellationException} and its blocking calls end as they do when a
 * task is aborted. When all have ended, the first failure is thrown, a task's as its
 * {@link JoinError}, and every other failure is suppressed in it. Being cancelled by the scope is
 * no failure, nor is being aborted through the handle that {@code spawn} returned, or an abort handle
 * of it; being dropped by a runtime that shuts down is one.
 *
 * <p>A stackless task uses {@link #future}, which does the same without blocking.
 *
 * <p>Spawning is allowed on any thread while the body or a task of the scope is running, so tasks
 * may spawn siblings. The result of a task may be awaited within the scope and after it.
 *
 * <p><em>Interruption:</em> when the calling thread is interrupted, or its task aborted, all tasks
 * of the scope are aborted, and they still end before {@code call} throws. So tasks that refuse to
 * end keep it from returning: a blocking job that has started is waited for.
 *
 * <p><em>Shutdown:</em> a direct-style task that goes on waiting after its runtime has shut down
 * counts as ended.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/task/struct.JoinSet.html">tokio::task::JoinSet,
 *     which comes closest in Tokio</a>
 */
public final class Scope {
    private final Handle handle;
    private final SpinLock lock = new SpinLock();

    /** Tasks that have not ended; guarded by the lock. */
    private @Nullable ScopedTask<?> running;

    /** The body, tasks that are being spawned and tasks that have not ended; guarded by the lock. */
    private int live = 1;

    /** Tasks that failed, the latest first; guarded by the lock. */
    private @Nullable ScopedTask<?> failed;

    /** The failure of the body; guarded by the lock. */
    private @Nullable Throwable bodyFailure;

    /** Whether the body failed before any task did; guarded by the lock. */
    private boolean bodyFailedFirst;

    /** Written under the lock. */
    private volatile boolean cancelled;

    private volatile boolean ended;
    private volatile @Nullable Waker owner;
    private final @Nullable BodyInterrupt bodyInterrupt;

    /**
     * What runs in a scope and has a result.
     *
     * @param <T> the type of the result
     */
    @FunctionalInterface
    public interface Body<T extends @Nullable Object> {
        /**
         * Runs to the end.
         *
         * @param scope spawns tasks
         * @return the result of the scope
         * @throws Exception what the scope fails with
         */
        T call(Scope scope) throws Exception;
    }

    /** What runs in a scope and has no result. */
    @FunctionalInterface
    public interface Block {
        /**
         * Runs to the end.
         *
         * @param scope spawns tasks
         * @throws Exception what the scope fails with
         */
        void run(Scope scope) throws Exception;
    }

    Scope(Handle handle, @Nullable BodyInterrupt bodyInterrupt) {
        this.handle = handle;
        this.bodyInterrupt = bodyInterrupt;
    }

    // --- opening

    /**
     * Runs code on the calling thread and returns when it and all tasks that it spawned have ended.
     * For direct style, and for threads outside tasks.
     *
     * <p><em>Blocking:</em> parks the thread; not allowed inside stackless tasks.
     *
     * @param body the code
     * @param <T> the type of its result
     * @return its result
     * @throws java.util.concurrent.CancellationException when interrupted or aborted
     * @throws IllegalStateException outside a runtime, or inside a stackless task
     * @throws Exception the first failure
     */
    public static <T extends @Nullable Object> T call(Body<T> body) throws Exception {
        return ScopeCall.call(body);
    }

    /**
     * Runs code without a result on the calling thread and returns when it and all tasks that it
     * spawned have ended.
     *
     * <p><em>Blocking:</em> parks the thread; not allowed inside stackless tasks.
     *
     * @param body the code
     * @throws java.util.concurrent.CancellationException when interrupted or aborted
     * @throws IllegalStateException outside a runtime, or inside a stackless task
     * @throws Exception the first failure
     */
    public static void run(Block body) throws Exception {
        ScopeCall.<@Nullable Void>call(scope -> {
            body.run(scope);
            return null;
        });
    }

    /**
     * A scope whose body is a future: completes when the body's future and all tasks that were
     * spawned have ended.
     *
     * <p><em>Cancel safety:</em> giving up cancels the body and aborts the tasks, but cannot wait
     * for them: they end soon after.
     *
     * <p><em>Errors:</em> a first poll outside a runtime fails with {@link IllegalStateException}.
     *
     * @param body runs at the first poll, and must not block; the future that it returns is polled
     *     as part of this one
     * @param <T> the type of the result
     * @return completes with the result of the body's future, or fails with the first failure
     */
    @CheckReturnValue
    public static <T extends @Nullable Object> Future<T> future(Body<? extends Future<? extends T>> body) {
        return new ScopeFuture<>(body);
    }

    // --- spawning

    /**
     * Spawns a task in direct style that ends within the scope. In a cancelled scope it is aborted
     * at once.
     *
     * @param body ordinary blocking code
     * @param <T> the type of its result
     * @return the handle to its result
     * @throws IllegalStateException when the scope has ended
     */
    public <T extends @Nullable Object> JoinHandle<T> spawn(Callable<T> body) {
        return adopt(() -> handle.spawn(body));
    }

    /**
     * Spawns a task in direct style without a result that ends within the scope. In a cancelled
     * scope it is aborted at once.
     *
     * @param body ordinary blocking code
     * @return the handle to its end
     * @throws IllegalStateException when the scope has ended
     */
    public JoinHandle<@Nullable Void> spawn(Action body) {
        return adopt(() -> handle.spawn(body));
    }

    /**
     * Spawns a stackless task that ends within the scope. In a cancelled scope it is aborted at
     * once.
     *
     * @param future polled on the runtime's workers
     * @param <T> the type of its value
     * @return the handle to its result
     * @throws IllegalStateException when the scope has ended
     */
    public <T extends @Nullable Object> JoinHandle<T> spawn(Future<T> future) {
        return adopt(() -> handle.spawn(future));
    }

    /**
     * Runs a blocking job that ends within the scope. The scope cannot end it once it has started,
     * and waits for it.
     *
     * @param body code that blocks its thread
     * @param <T> the type of its result
     * @return the handle to its result
     * @throws IllegalStateException when the scope has ended
     */
    public <T extends @Nullable Object> JoinHandle<T> spawnBlocking(Callable<T> body) {
        return adopt(() -> handle.spawnBlocking(body));
    }

    /**
     * Makes a task that is spawned by other means (with a name, say) part of the scope.
     *
     * @param spawn spawns the task; is not called when the scope has ended
     * @param <T> the type of its result
     * @return the handle to its result
     * @throws IllegalStateException when the scope has ended, or the task's handle was awaited to its end before
     */
    public <T extends @Nullable Object> JoinHandle<T> adopt(Supplier<? extends JoinHandle<T>> spawn) {
        lock.lock();
        boolean open = live > 0;
        if (open) {
            live++;
        }
        lock.unlock();
        if (!open) {
            throw new IllegalStateException("the scope has ended; spawn while its body or one of its tasks"
                    + " is running");
        }
        ScopedTask<T> task = null;
        try {
            task = new ScopedTask<>(this, spawn.get());
        } finally {
            if (task == null) {
                leave();
            }
        }
        boolean late = link(task);
        boolean watched = false;
        try {
            task.watch();
            watched = true;
        } finally {
            if (!watched && !task.isFinished()) { // somebody has had its result, and nobody will tell this of its end
                taskEnded(task, false);
                leave();
            }
        }
        if (late) {
            task.abortByScope();
        }
        return task;
    }

    /** Has a new task aborted when the scope is cancelled; true where it is already, and the caller does it. */
    private boolean link(ScopedTask<?> task) {
        lock.lock();
        boolean late = cancelled;
        if (!late) {
            var next = running;
            task.next = next;
            if (next != null) {
                next.previous = task;
            }
            running = task;
            task.linked = true;
        }
        lock.unlock();
        return late;
    }

    // --- cancelling

    /**
     * Aborts all tasks of the scope, and those that are spawned later. The body goes on, and the
     * scope does not fail by this: a way to end a race that one of the tasks has won.
     */
    public void cancel() {
        abortRunning();
    }

    /** {@return whether the scope was cancelled, by {@link #cancel()} or by a failure} */
    public boolean isCancelled() {
        return cancelled;
    }

    /** Cancels the body too; it is the thread that calls {@code call}, or the owner of the future. */
    private void fail() {
        try { // a handle that was adopted, or a channel that the body is in, may throw
            abortRunning();
        } finally {
            try {
                if (bodyInterrupt != null) {
                    bodyInterrupt.interrupt();
                }
            } finally {
                wakeOwner();
            }
        }
    }

    private void abortRunning() {
        lock.lock();
        cancelled = true; // from now on the list only shrinks
        int count = 0;
        for (var task = running; task != null; task = task.next) {
            count++;
        }
        lock.unlock();
        var tasks = new ScopedTask<?>[count];
        lock.lock();
        count = 0;
        for (var task = running; task != null; task = task.next) {
            tasks[count++] = task;
        }
        lock.unlock();
        var aborts = new Aborts();
        for (int i = 0; i < count; i++) {
            aborts.one(tasks[i]::abortByScope);
        }
        aborts.end();
    }

    // --- ending

    /** A task has ended and will leave; on whichever thread ended it. */
    void taskEnded(ScopedTask<?> task, boolean failure) {
        lock.lock();
        if (task.linked) {
            unlink(task);
        }
        boolean first = false;
        if (failure) {
            first = failed == null && bodyFailure == null;
            task.next = failed;
            failed = task;
        }
        lock.unlock();
        if (first) {
            fail();
        }
    }

    private void unlink(ScopedTask<?> task) {
        var previous = task.previous;
        var next = task.next;
        if (previous == null) {
            running = next;
        } else {
            previous.next = next;
        }
        if (next != null) {
            next.previous = previous;
        }
        task.previous = null;
        task.next = null;
    }

    /** The body has ended, and failed unless the argument is null. */
    void bodyEnded(@Nullable Throwable failure) {
        boolean first = false;
        if (failure != null) {
            lock.lock();
            first = failed == null;
            bodyFailure = failure;
            bodyFailedFirst = first;
            lock.unlock();
        }
        if (first) {
            cancel();
        }
        leave();
    }

    /** The body, or a task, is over. */
    void leave() {
        lock.lock();
        boolean last = --live == 0;
        lock.unlock();
        if (last) {
            ended = true;
            wakeOwner();
        }
    }

    private void wakeOwner() {
        var waker = owner;
        if (waker != null) {
            waker.wake();
        }
    }

    /** Whom to wake when the scope fails and when it has ended; the owner then looks at both before it waits. */
    void register(@Nullable Waker waker) {
        if (owner != waker) {
            owner = waker;
        }
    }

    /** Whether the body and all tasks have ended. */
    boolean hasEnded() {
        return ended;
    }

    /** Whether a task has failed. */
    boolean hasFailed() {
        lock.lock();
        boolean any = failed != null;
        lock.unlock();
        return any;
    }

    /** The failure of a scope that has ended, with all others suppressed in it; null if there was none. */
    @Nullable Throwable failure() {
        Throwable first = null;
        var later = new ArrayDeque<Throwable>();
        for (var task = failed; task != null; task = task.next) {
            later.push(task.error());
        }
        if (bodyFailedFirst) {
            first = bodyFailure;
        } else if (!later.isEmpty()) {
            first = later.pop();
            if (bodyFailure != null && !isConsequence(bodyFailure)) {
                later.add(bodyFailure);
            }
        }
        if (first != null) {
            for (var failure : later) {
                if (failure != first && failure != first.getCause()) {
                    first.addSuppressed(failure);
                }
            }
        }
        return first;
    }

    /** Whether the body merely noticed that the scope had failed. */
    private boolean isConsequence(Throwable thrown) {
        if (thrown instanceof JoinError error) {
            if (error.isCancelled()) {
                return true;
            }
            for (var task = failed; task != null; task = task.next) {
                if (task.error() == error) {
                    return true;
                }
            }
        }
        return ScopeCall.isCancellation(thrown);
    }
}
