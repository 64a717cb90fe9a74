package dev.edo.task;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.runtime.Handle;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A set of tasks whose results are taken in the order in which the tasks end. A task costs the same
 * whatever the size of the set: those that have ended are found through a list that they put
 * themselves on.
 *
 * <pre>{@code
 * try (var set = new JoinSet<Page>()) {
 *     for (var url : urls) {
 *         set.spawn(() -> fetch(url));
 *     }
 *     for (var next = set.joinNext().await(); next != null; next = set.joinNext().await()) {
 *         show(next.get());
 *     }
 * }
 * }</pre>
 *
 * <p>Closing the set aborts what is still in it, without waiting; a set that is merely dropped
 * leaves its tasks running. The set itself belongs to one task, or thread, at a time.
 *
 * @param <T> the type of the tasks' results
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/task/struct.JoinSet.html">tokio::task::JoinSet</a>
 */
public final class JoinSet<T extends @Nullable Object> implements AutoCloseable {
    private final ReadyList<SetEntry<T>> ready = new ReadyList<>();
    private final JoinNext.Source<@Nullable JoinResult<T>> source = new JoinNext.Source<>() {
        @Override
        public Poll<@Nullable JoinResult<T>> poll(Context cx, Object wait) {
            return pollNext(cx, wait);
        }

        @Override
        public void forget(Object wait, Waker waker) {
            JoinSet.this.forget(wait, waker);
        }
    };

    private @Nullable SetEntry<T> first;
    private int size;

    /** The wait that was polled last, which has the waker in the ready list; null where it was none of these. */
    private @Nullable Object lastWait;

    /** How many tasks were replaced since the ready list was last gone through. */
    private int replaced;

    /** An empty set. */
    public JoinSet() {}

    /**
     * A set of tasks, one for each future, on the current runtime.
     *
     * @param futures polled on the runtime's workers
     * @param <T> the type of their values
     * @return the set
     * @throws IllegalStateException outside a runtime
     */
    public static <T extends @Nullable Object> JoinSet<T> from(
            Iterable<? extends Future<? extends T>> futures) {
        var set = new JoinSet<T>();
        set.spawnAll(futures);
        return set;
    }

    // --- adding

    /**
     * Spawns a task in direct style on the current runtime and adds it.
     *
     * @param body ordinary blocking code
     * @return aborts the task
     * @throws IllegalStateException outside a runtime
     */
    public AbortHandle spawn(Callable<? extends T> body) {
        return spawnOn(Handle.current(), body);
    }

    /**
     * Spawns a task in direct style without a result on the current runtime and adds it. Its value
     * is null: meant for sets of {@link Void}.
     *
     * @param body ordinary blocking code
     * @return aborts the task
     * @throws IllegalStateException outside a runtime
     */
    public AbortHandle spawn(Action body) {
        return spawnOn(Handle.current(), body);
    }

    /**
     * Spawns a stackless task on the current runtime and adds it.
     *
     * @param future polled on the runtime's workers
     * @return aborts the task
     * @throws IllegalStateException outside a runtime
     */
    public AbortHandle spawn(Future<? extends T> future) {
        return spawnOn(Handle.current(), future);
    }

    /**
     * Spawns a task in direct style on a given runtime and adds it.
     *
     * @param handle the runtime
     * @param body ordinary blocking code
     * @return aborts the task
     */
    public AbortHandle spawnOn(Handle handle, Callable<? extends T> body) {
        return add(handle.spawn(body));
    }

    /**
     * Spawns a task in direct style without a result on a given runtime and adds it. Its value is
     * null: meant for sets of {@link Void}.
     *
     * @param handle the runtime
     * @param body ordinary blocking code
     * @return aborts the task
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // says that the value is null
    public AbortHandle spawnOn(Handle handle, Action body) {
        return add((JoinHandle<T>) handle.spawn(body));
    }

    /**
     * Spawns a stackless task on a given runtime and adds it.
     *
     * @param handle the runtime
     * @param future polled on the runtime's workers
     * @return aborts the task
     */
    public AbortHandle spawnOn(Handle handle, Future<? extends T> future) {
        return add(handle.spawn(future));
    }

    /**
     * Runs a blocking job on the pool of the current runtime and adds it. Aborting it drops it only
     * if it has not started.
     *
     * @param body code that blocks its thread
     * @return aborts the job
     * @throws IllegalStateException outside a runtime
     */
    public AbortHandle spawnBlocking(Callable<? extends T> body) {
        return spawnBlockingOn(Handle.current(), body);
    }

    /**
     * Runs a blocking job on the pool of a given runtime and adds it.
     *
     * @param handle the runtime
     * @param body code that blocks its thread
     * @return aborts the job
     */
    public AbortHandle spawnBlockingOn(Handle handle, Callable<? extends T> body) {
        return add(handle.spawnBlocking(body));
    }

    /**
     * Spawns a task in direct style that stays on this thread and adds it.
     *
     * @param body ordinary blocking code, carried by this thread
     * @return aborts the task
     * @throws IllegalStateException where {@link LocalSpawner#current()} throws
     */
    public AbortHandle spawnLocal(Callable<? extends T> body) {
        return spawnLocalOn(LocalSpawner.current(), body);
    }

    /**
     * Spawns a stackless task that stays on this thread and adds it.
     *
     * @param future polled on this thread
     * @return aborts the task
     * @throws IllegalStateException where {@link LocalSpawner#current()} throws
     */
    public AbortHandle spawnLocal(Future<? extends T> future) {
        return spawnLocalOn(LocalSpawner.current(), future);
    }

    /**
     * Spawns a task in direct style on a given set of local tasks and adds it.
     *
     * @param local the set, or local runtime, of this thread
     * @param body ordinary blocking code, carried by this thread
     * @return aborts the task
     */
    public AbortHandle spawnLocalOn(LocalSpawner local, Callable<? extends T> body) {
        return add(local.spawnLocal(body));
    }

    /**
     * Spawns a stackless task on a given set of local tasks and adds it.
     *
     * @param local the set, or local runtime, of this thread
     * @param future polled on this thread
     * @return aborts the task
     */
    public AbortHandle spawnLocalOn(LocalSpawner local, Future<? extends T> future) {
        return add(local.spawnLocal(future));
    }

    /**
     * Spawns a stackless task for each future, on the current runtime, and adds them.
     *
     * @param futures polled on the runtime's workers
     * @throws IllegalStateException outside a runtime
     */
    public void spawnAll(Iterable<? extends Future<? extends T>> futures) {
        var handle = Handle.current();
        for (var future : futures) {
            spawnOn(handle, future);
        }
    }

    /**
     * Adds a task that was spawned by other means: with a name, on the local tasks of a thread.
     * From now on the set has the task's result; nobody else awaits the handle.
     *
     * @param task the task
     * @return aborts the task
     * @throws IllegalStateException when the handle was awaited to its end before; the set stays as it was
     */
    public AbortHandle add(JoinHandle<? extends T> task) {
        return addEntry(task).task.abortHandle();
    }

    SetEntry<T> addEntry(JoinHandle<? extends T> task) {
        var entry = new SetEntry<>(ready, Objects.requireNonNull(task, "task"));
        var next = first;
        entry.next = next;
        if (next != null) {
            next.previous = entry;
        }
        first = entry;
        entry.listed = true;
        size++;
        try {
            entry.watch();
        } catch (RuntimeException | Error e) { // somebody has had its result: it would never be taken out
            remove(entry);
            throw e;
        }
        return entry;
    }

    // --- taking

    /**
     * Waits for the next task to end and takes it out of the set.
     *
     * <p><em>Cancel safety:</em> a task is taken out only by the poll that completes.
     *
     * @return completes with how a task ended, or with null when the set is empty
     */
    @CheckReturnValue
    public JoinNext<@Nullable JoinResult<T>> joinNext() {
        return new JoinNext<>(source);
    }

    /**
     * Takes a task out of the set that has ended, without waiting.
     *
     * @return how it ended; null when none has ended, or the set is empty
     */
    public @Nullable JoinResult<T> tryJoinNext() {
        var entry = nextEnded();
        return entry == null ? null : take(entry);
    }

    /**
     * Takes the next task that ends out of the set, for hand-written futures. Only the last waker
     * that was passed is woken.
     *
     * @param cx whom to wake, and the budget
     * @return how a task ended, null when the set is empty, or pending
     */
    public Poll<@Nullable JoinResult<T>> pollJoinNext(Context cx) {
        return pollNext(cx, null);
    }

    private Poll<@Nullable JoinResult<T>> pollNext(Context cx, @Nullable Object wait) {
        var entry = pollNextEnded(cx, wait);
        return switch (entry) {
            case Poll.Ready(var ended) -> Poll.ready(ended == null ? null : take(ended));
            case Poll.Pending<?> _ -> Poll.pending();
        };
    }

    /**
     * Waits for all tasks. The first one that fails aborts the others, and is thrown without
     * waiting for them.
     *
     * <p><em>Cancel safety:</em> giving up loses the results so far and leaves the other tasks in
     * the set.
     *
     * @return completes with the values, in the order in which the tasks ended; fails with the
     *     first {@link JoinError}
     */
    @CheckReturnValue
    public Future<List<T>> joinAll() {
        return new JoinAllFuture<JoinResult<T>, List<T>>(
                source, new ArrayList<>(size), (values, result) -> values.add(result.get()), this::close);
    }

    /**
     * Aborts all tasks and waits until each has ended; their results are dropped.
     *
     * <p><em>Cancel safety:</em> the tasks stay aborted; those that have not ended stay in the set.
     *
     * @return completes when the set is empty
     */
    @CheckReturnValue
    public Future<@Nullable Void> shutdown() {
        return new JoinShutdown(source, this::abortAll);
    }

    /** A wait with this waker is given up, maybe late: after another one was polled, or on another thread. */
    void forget(Object wait, Waker waker) {
        if (lastWait == wait) {
            ready.forget(waker);
        }
    }

    /** An entry that has settled, or null. */
    @Nullable SetEntry<T> nextEnded() {
        for (var entry = ready.pop(); entry != null; entry = ready.pop()) {
            if (entry.listed && settle(entry)) {
                return entry;
            }
        }
        return null;
    }

    private boolean settle(SetEntry<T> entry) {
        try {
            return entry.settle();
        } catch (RuntimeException | Error e) { // somebody has had its result: it would be waited for for ever
            remove(entry);
            throw e;
        }
    }

    Poll<@Nullable SetEntry<T>> pollNextEnded(Context cx, @Nullable Object wait) {
        lastWait = wait;
        if (size == 0) {
            return Poll.ready(null);
        }
        if (!cx.pollProceed()) {
            return Poll.pending();
        }
        var entry = nextEnded();
        if (entry == null) {
            ready.register(cx.waker());
            entry = nextEnded();
            if (entry == null) {
                return Poll.pending();
            }
        }
        cx.madeProgress();
        return Poll.ready(entry);
    }

    JoinResult<T> take(SetEntry<T> entry) {
        remove(entry);
        return entry.result();
    }

    private void remove(SetEntry<T> entry) {
        entry.listed = false;
        var previous = entry.previous;
        var next = entry.next;
        if (previous == null) {
            first = next;
        } else {
            previous.next = next;
        }
        if (next != null) {
            next.previous = previous;
        }
        entry.previous = null;
        entry.next = null;
        size--;
    }

    // --- all of them

    /**
     * Aborts all tasks, which stay in the set until they are taken as cancelled. Where the abort of one throws, as that
     * of a task in a channel whose close does, the others are aborted all the same before that is thrown.
     */
    public void abortAll() {
        var aborts = new Aborts();
        for (var entry = first; entry != null; entry = entry.next) {
            aborts.one(entry.task::abort);
        }
        aborts.end();
    }

    /** Takes all tasks out of the set and lets them run. */
    public void detachAll() {
        for (var entry = first; entry != null; entry = first) {
            detach(entry);
        }
        dropEnded();
    }

    /** Takes a task out of the set, whose end will tell nobody. */
    void detach(SetEntry<T> entry) {
        remove(entry);
        entry.task.cancel();
    }

    /**
     * Takes a task out of the set in whose place there is another one. If it had ended it is on the ready list still,
     * from which nobody may ever take anything: that is gone through now and then, which costs little for each task.
     */
    void replace(SetEntry<T> entry) {
        detach(entry);
        if (++replaced > size) {
            replaced = 0;
            ready.retain(kept -> kept.listed);
        }
    }

    /** Aborts all tasks and takes them out of the set, without waiting for their ends. Idempotent. */
    @Override
    public void close() {
        var aborts = new Aborts();
        for (var entry = first; entry != null; entry = first) {
            aborts.one(entry.task::abort);
            detach(entry);
        }
        dropEnded();
        aborts.end();
    }

    /** Lets go of tasks that had ended when they were taken out of the set, and of their results. */
    private void dropEnded() {
        while (ready.pop() != null) {
            // it is not in the set any more
        }
    }

    /** {@return how many tasks are in the set, those that have ended but were not taken included} */
    public int size() {
        return size;
    }

    /** {@return whether there are no tasks in the set} */
    public boolean isEmpty() {
        return size == 0;
    }

    @Override
    public String toString() {
        return "JoinSet[size=" + size + "]";
    }
}
