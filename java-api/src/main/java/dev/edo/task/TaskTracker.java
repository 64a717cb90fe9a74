package dev.edo.task;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Future;
import dev.edo.runtime.Handle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Counts tasks and lets any number of others wait until all have ended: a graceful shutdown. Unlike
 * a {@link JoinSet} it keeps nothing of a task that has ended, so it may watch over tasks without
 * end.
 *
 * <pre>{@code
 * var tracker = new TaskTracker();
 * while (!stop.isRequested()) {
 *     var connection = listener.accept().await();
 *     tracker.spawn(() -> serve(connection));
 * }
 * tracker.close();
 * tracker.waitAll().await();
 * }</pre>
 *
 * <p>Waiting ends when the tracker is closed <em>and</em> empty, so that a moment without tasks is
 * not taken for the end. Closing does not keep new tasks from being spawned; it may be taken back
 * by {@link #reopen()}. The tracker may be used from any thread.
 *
 * <p><em>Ordering:</em> what a tracked task did happens before the return of a wait that it ended.
 *
 * @see <a href="https://docs.rs/tokio-util/latest/tokio_util/task/struct.TaskTracker.html">
 *     tokio_util::task::TaskTracker</a>
 */
public final class TaskTracker {
    // bit 0: closed; the rest: how many tasks and tokens there are
    private static final long CLOSED = 1;
    private static final long ONE_TASK = 2;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(TaskTracker.class, "state", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("FieldMayBeFinal") // written through STATE
    private volatile long state;

    private final TrackerWaiters waiters = new TrackerWaiters();

    /** A tracker without tasks, open. */
    public TaskTracker() {}

    /**
     * Closes the tracker: who waits is told as soon as it is empty. New tasks are counted all the
     * same.
     *
     * @return whether it was open
     */
    public boolean close() {
        long before = (long) STATE.getAndBitwiseOr(this, CLOSED);
        if (before == 0) {
            waiters.wakeAll();
        }
        return (before & CLOSED) == 0;
    }

    /**
     * Takes a {@link #close()} back.
     *
     * @return whether it was closed
     */
    public boolean reopen() {
        return ((long) STATE.getAndBitwiseAnd(this, ~CLOSED) & CLOSED) != 0;
    }

    /** {@return whether it is closed} */
    public boolean isClosed() {
        return (state & CLOSED) != 0;
    }

    /** {@return how many tasks and open tokens there are} */
    public long size() {
        return state >>> 1;
    }

    /** {@return whether there are no tasks and no open tokens} */
    public boolean isEmpty() {
        return state < ONE_TASK;
    }

    boolean isClosedAndEmpty() {
        return state == CLOSED;
    }

    /**
     * Waits until the tracker is closed and empty. It is enough that it was so for a moment, during
     * this call or after it.
     *
     * <p><em>Cancel safety:</em> nothing is lost.
     *
     * @return completes when all tasks have ended
     */
    @CheckReturnValue
    public Future<@Nullable Void> waitAll() {
        return new TrackerWait(this, waiters);
    }

    // --- tasks

    /**
     * Spawns a tracked task in direct style on the current runtime.
     *
     * @param body ordinary blocking code
     * @param <T> the type of its result
     * @return the handle to its result
     * @throws IllegalStateException outside a runtime
     */
    public <T extends @Nullable Object> JoinHandle<T> spawn(Callable<T> body) {
        return spawnOn(Handle.current(), body);
    }

    /**
     * Spawns a tracked task in direct style without a result on the current runtime.
     *
     * @param body ordinary blocking code
     * @return the handle to its end
     * @throws IllegalStateException outside a runtime
     */
    public JoinHandle<@Nullable Void> spawn(Action body) {
        return spawnOn(Handle.current(), body);
    }

    /**
     * Spawns a tracked stackless task on the current runtime.
     *
     * @param future polled on the runtime's workers
     * @param <T> the type of its value
     * @return the handle to its result
     * @throws IllegalStateException outside a runtime
     */
    public <T extends @Nullable Object> JoinHandle<T> spawn(Future<T> future) {
        return spawnOn(Handle.current(), future);
    }

    /**
     * Spawns a tracked task in direct style on a given runtime.
     *
     * @param handle the runtime
     * @param body ordinary blocking code
     * @param <T> the type of its result
     * @return the handle to its result
     */
    public <T extends @Nullable Object> JoinHandle<T> spawnOn(Handle handle, Callable<T> body) {
        return track(handle.spawn(body));
    }

    /**
     * Spawns a tracked task in direct style without a result on a given runtime.
     *
     * @param handle the runtime
     * @param body ordinary blocking code
     * @return the handle to its end
     */
    public JoinHandle<@Nullable Void> spawnOn(Handle handle, Action body) {
        return track(handle.spawn(body));
    }

    /**
     * Spawns a tracked stackless task on a given runtime.
     *
     * @param handle the runtime
     * @param future polled on the runtime's workers
     * @param <T> the type of its value
     * @return the handle to its result
     */
    public <T extends @Nullable Object> JoinHandle<T> spawnOn(Handle handle, Future<T> future) {
        return track(handle.spawn(future));
    }

    /**
     * Runs a tracked blocking job on the pool of the current runtime.
     *
     * @param body code that blocks its thread
     * @param <T> the type of its result
     * @return the handle to its result
     * @throws IllegalStateException outside a runtime
     */
    public <T extends @Nullable Object> JoinHandle<T> spawnBlocking(Callable<T> body) {
        return spawnBlockingOn(Handle.current(), body);
    }

    /**
     * Runs a tracked blocking job on the pool of a given runtime.
     *
     * @param handle the runtime
     * @param body code that blocks its thread
     * @param <T> the type of its result
     * @return the handle to its result
     */
    public <T extends @Nullable Object> JoinHandle<T> spawnBlockingOn(Handle handle, Callable<T> body) {
        return track(handle.spawnBlocking(body));
    }

    /**
     * Spawns a tracked task in direct style that stays on this thread.
     *
     * @param body ordinary blocking code, carried by this thread
     * @param <T> the type of its result
     * @return the handle to its result
     * @throws IllegalStateException where {@link LocalSpawner#current()} throws
     */
    public <T extends @Nullable Object> JoinHandle<T> spawnLocal(Callable<T> body) {
        return spawnLocalOn(LocalSpawner.current(), body);
    }

    /**
     * Spawns a tracked task in direct style without a result that stays on this thread.
     *
     * @param body ordinary blocking code, carried by this thread
     * @return the handle to its end
     * @throws IllegalStateException where {@link LocalSpawner#current()} throws
     */
    public JoinHandle<@Nullable Void> spawnLocal(Action body) {
        return spawnLocalOn(LocalSpawner.current(), body);
    }

    /**
     * Spawns a tracked stackless task that stays on this thread.
     *
     * @param future polled on this thread
     * @param <T> the type of its value
     * @return the handle to its result
     * @throws IllegalStateException where {@link LocalSpawner#current()} throws
     */
    public <T extends @Nullable Object> JoinHandle<T> spawnLocal(Future<T> future) {
        return spawnLocalOn(LocalSpawner.current(), future);
    }

    /**
     * Spawns a tracked task in direct style on a given set of local tasks.
     *
     * @param local the set, or local runtime, of this thread
     * @param body ordinary blocking code, carried by this thread
     * @param <T> the type of its result
     * @return the handle to its result
     */
    public <T extends @Nullable Object> JoinHandle<T> spawnLocalOn(LocalSpawner local, Callable<T> body) {
        return track(local.spawnLocal(body));
    }

    /**
     * Spawns a tracked task in direct style without a result on a given set of local tasks.
     *
     * @param local the set, or local runtime, of this thread
     * @param body ordinary blocking code, carried by this thread
     * @return the handle to its end
     */
    public JoinHandle<@Nullable Void> spawnLocalOn(LocalSpawner local, Action body) {
        return track(local.spawnLocal(body));
    }

    /**
     * Spawns a tracked stackless task on a given set of local tasks.
     *
     * @param local the set, or local runtime, of this thread
     * @param future polled on this thread
     * @param <T> the type of its value
     * @return the handle to its result
     */
    public <T extends @Nullable Object> JoinHandle<T> spawnLocalOn(LocalSpawner local, Future<T> future) {
        return track(local.spawnLocal(future));
    }

    /**
     * Tracks a task that was spawned by other means, from now on until it ends.
     *
     * @param task the task, whose handle nobody has awaited yet; use the returned handle instead
     * @param <T> the type of its result
     * @return the handle to its result
     * @throws IllegalStateException when the handle was awaited to its end before; the task is not tracked then
     */
    public <T extends @Nullable Object> JoinHandle<T> track(JoinHandle<T> task) {
        enter();
        var tracked = new WatchedTask<T>(task) {
            @Override
            void over() {
                leave();
            }
        };
        boolean watched = false;
        try {
            tracked.watch();
            watched = true;
        } finally {
            if (!watched && !tracked.isFinished()) {
                leave(); // somebody has had its result, and nobody will tell this of its end
            }
        }
        return tracked;
    }

    /**
     * Tracks a future from now on until it completes or is cancelled. One that is dropped without
     * either is tracked for ever.
     *
     * <p><em>Cancel safety:</em> the future's.
     *
     * @param future the future
     * @param <T> the type of its value
     * @return the same, tracked
     */
    @CheckReturnValue
    public <T extends @Nullable Object> Future<T> trackFuture(Future<T> future) {
        Objects.requireNonNull(future, "future"); // before it is counted, for nobody would count it out
        return new TrackedFuture<>(token(), future);
    }

    /**
     * Counts as one task until it is closed.
     *
     * @return an open token
     */
    public TaskTrackerToken token() {
        enter();
        return new TaskTrackerToken(this);
    }

    void enter() {
        STATE.getAndAdd(this, ONE_TASK);
    }

    void leave() {
        long before = (long) STATE.getAndAdd(this, -ONE_TASK);
        if (before == (ONE_TASK | CLOSED)) {
            waiters.wakeAll();
        }
    }

    @Override
    public String toString() {
        long now = state;
        return "TaskTracker[size=" + (now >>> 1) + ", closed=" + ((now & CLOSED) != 0) + "]";
    }
}
