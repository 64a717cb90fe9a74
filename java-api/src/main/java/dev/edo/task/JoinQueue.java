package dev.edo.task;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.runtime.Handle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Tasks whose results are taken in the order in which they were spawned, whichever ends first.
 *
 * <pre>{@code
 * try (var queue = new JoinQueue<Page>()) {
 *     urls.forEach(url -> queue.spawn(() -> fetch(url)));
 *     for (var next = queue.joinNext().await(); next != null; next = queue.joinNext().await()) {
 *         print(next.get());
 *     }
 * }
 * }</pre>
 *
 * <p>Closing the queue aborts what is still in it, without waiting. The queue itself belongs to one
 * task, or thread, at a time.
 *
 * @param <T> the type of the tasks' results
 * @see <a
 *     href="https://docs.rs/tokio-util/latest/tokio_util/task/struct.JoinQueue.html">tokio_util::task::JoinQueue</a>
 */
public final class JoinQueue<T extends @Nullable Object> implements AutoCloseable {
    private final ArrayDeque<JoinHandle<? extends T>> tasks = new ArrayDeque<>();
    private final JoinNext.Source<@Nullable JoinResult<T>> source = new JoinNext.Source<>() {
        @Override
        public Poll<@Nullable JoinResult<T>> poll(Context cx, Object wait) {
            return pollNext(cx, wait);
        }

        @Override
        public void forget(Object wait, Waker waker) {
            if (lastWait == wait) {
                forgetNext();
            }
        }
    };

    /** The wait that was polled last, which has the waker that the oldest task has; null where it was none of these. */
    private volatile @Nullable Object lastWait;

    /** An empty queue. */
    public JoinQueue() {}

    /**
     * Spawns a task in direct style on the current runtime and appends it.
     *
     * @param body ordinary blocking code
     * @return aborts the task
     * @throws IllegalStateException outside a runtime
     */
    public AbortHandle spawn(Callable<? extends T> body) {
        return spawnOn(Handle.current(), body);
    }

    /**
     * Spawns a stackless task on the current runtime and appends it.
     *
     * @param future polled on the runtime's workers
     * @return aborts the task
     * @throws IllegalStateException outside a runtime
     */
    public AbortHandle spawn(Future<? extends T> future) {
        return spawnOn(Handle.current(), future);
    }

    /**
     * Spawns a task in direct style on a given runtime and appends it.
     *
     * @param handle the runtime
     * @param body ordinary blocking code
     * @return aborts the task
     */
    public AbortHandle spawnOn(Handle handle, Callable<? extends T> body) {
        return add(handle.spawn(body));
    }

    /**
     * Spawns a stackless task on a given runtime and appends it.
     *
     * @param handle the runtime
     * @param future polled on the runtime's workers
     * @return aborts the task
     */
    public AbortHandle spawnOn(Handle handle, Future<? extends T> future) {
        return add(handle.spawn(future));
    }

    /**
     * Runs a blocking job on the pool of the current runtime and appends it. Aborting it drops it
     * only if it has not started.
     *
     * @param body code that blocks its thread
     * @return aborts the job
     * @throws IllegalStateException outside a runtime
     */
    public AbortHandle spawnBlocking(Callable<? extends T> body) {
        return spawnBlockingOn(Handle.current(), body);
    }

    /**
     * Runs a blocking job on the pool of a given runtime and appends it.
     *
     * @param handle the runtime
     * @param body code that blocks its thread
     * @return aborts the job
     */
    public AbortHandle spawnBlockingOn(Handle handle, Callable<? extends T> body) {
        return add(handle.spawnBlocking(body));
    }

    /**
     * Spawns a task in direct style that stays on this thread and appends it.
     *
     * @param body ordinary blocking code, carried by this thread
     * @return aborts the task
     * @throws IllegalStateException where {@link LocalSpawner#current()} throws
     */
    public AbortHandle spawnLocal(Callable<? extends T> body) {
        return spawnLocalOn(LocalSpawner.current(), body);
    }

    /**
     * Spawns a stackless task that stays on this thread and appends it.
     *
     * @param future polled on this thread
     * @return aborts the task
     * @throws IllegalStateException where {@link LocalSpawner#current()} throws
     */
    public AbortHandle spawnLocal(Future<? extends T> future) {
        return spawnLocalOn(LocalSpawner.current(), future);
    }

    /**
     * Spawns a task in direct style on a given set of local tasks and appends it.
     *
     * @param local the set, or local runtime, of this thread
     * @param body ordinary blocking code, carried by this thread
     * @return aborts the task
     */
    public AbortHandle spawnLocalOn(LocalSpawner local, Callable<? extends T> body) {
        return add(local.spawnLocal(body));
    }

    /**
     * Spawns a stackless task on a given set of local tasks and appends it.
     *
     * @param local the set, or local runtime, of this thread
     * @param future polled on this thread
     * @return aborts the task
     */
    public AbortHandle spawnLocalOn(LocalSpawner local, Future<? extends T> future) {
        return add(local.spawnLocal(future));
    }

    /**
     * Appends a task that was spawned by other means. From now on the queue has the task's result;
     * nobody else awaits the handle. Where it was awaited to its end before, whoever takes this task out
     * of the queue gets an {@link IllegalStateException} in the place of a result.
     *
     * @param task the task
     * @return aborts the task
     */
    public AbortHandle add(JoinHandle<? extends T> task) {
        tasks.add(Objects.requireNonNull(task, "task"));
        return task.abortHandle();
    }

    /**
     * Waits for the oldest task to end and takes it out of the queue.
     *
     * <p><em>Cancel safety:</em> a task is taken out only by the poll that completes.
     *
     * @return completes with how the oldest task ended, or with null when the queue is empty
     */
    @CheckReturnValue
    public JoinNext<@Nullable JoinResult<T>> joinNext() {
        return new JoinNext<>(source);
    }

    /**
     * Takes the oldest task out of the queue if it has ended, without waiting.
     *
     * @return how it ended; null when it is running, or the queue is empty
     */
    public @Nullable JoinResult<T> tryJoinNext() {
        var next = tasks.peek();
        if (next == null || !next.isFinished()) {
            return null; // not polled, which would take the place of somebody's waker
        }
        return pollJoinNext(Context.of(() -> {})) instanceof Poll.Ready(var result) ? result : null;
    }

    /**
     * Takes the oldest task out of the queue once it has ended, for hand-written futures. Only the
     * last waker that was passed is woken.
     *
     * @param cx whom to wake, and the budget
     * @return how it ended, null when the queue is empty, or pending
     */
    public Poll<@Nullable JoinResult<T>> pollJoinNext(Context cx) {
        return pollNext(cx, null);
    }

    private Poll<@Nullable JoinResult<T>> pollNext(Context cx, @Nullable Object wait) {
        lastWait = wait;
        var next = tasks.peek();
        if (next == null) {
            return Poll.ready(null);
        }
        @Nullable JoinResult<T> result;
        try {
            result = JoinResult.poll(next, cx);
        } catch (RuntimeException | Error e) { // somebody has had its result: it would be in the way for ever
            tasks.remove();
            throw e;
        }
        if (result == null) {
            return Poll.pending();
        }
        tasks.remove();
        return Poll.ready(result);
    }

    /**
     * Waits for all tasks. The first failure in the order of the queue aborts the tasks behind it,
     * and is thrown without waiting for them.
     *
     * <p><em>Cancel safety:</em> giving up loses the results so far and leaves the other tasks in
     * the queue.
     *
     * @return completes with the values, in the order in which the tasks were spawned; fails with a
     *     {@link JoinError}
     */
    @CheckReturnValue
    public Future<List<T>> joinAll() {
        return new JoinAllFuture<JoinResult<T>, List<T>>(
                source, new ArrayList<>(tasks.size()), (values, result) -> values.add(result.get()), this::close);
    }

    /**
     * Aborts all tasks and waits until each has ended; their results are dropped.
     *
     * <p><em>Cancel safety:</em> the tasks stay aborted; those that have not ended stay in the
     * queue.
     *
     * @return completes when the queue is empty
     */
    @CheckReturnValue
    public Future<@Nullable Void> shutdown() {
        return new JoinShutdown(source, this::abortAll);
    }

    /**
     * Aborts all tasks, which stay in the queue until they are taken as cancelled. Where the abort of one throws, as
     * that of a task in a channel whose close does, the others are aborted all the same before that is thrown.
     */
    public void abortAll() {
        var aborts = new Aborts();
        tasks.forEach(task -> aborts.one(task::abort));
        aborts.end();
    }

    /** Takes all tasks out of the queue and lets them run. */
    public void detachAll() {
        forgetNext();
        tasks.clear();
    }

    private void forgetNext() {
        var next = tasks.peek();
        if (next != null) {
            next.cancel();
        }
    }

    /** Aborts all tasks and takes them out of the queue, without waiting for their ends. Idempotent. */
    @Override
    public void close() {
        try {
            abortAll();
        } finally {
            detachAll();
        }
    }

    /** {@return how many tasks are in the queue, those that have ended but were not taken included} */
    public int size() {
        return tasks.size();
    }

    /** {@return whether there are no tasks in the queue} */
    public boolean isEmpty() {
        return tasks.isEmpty();
    }

    @Override
    public String toString() {
        return "JoinQueue[size=" + tasks.size() + "]";
    }
}
