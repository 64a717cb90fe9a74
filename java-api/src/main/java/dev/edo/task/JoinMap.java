package dev.edo.task;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.runtime.Handle;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A {@link JoinSet} whose tasks have keys. A task that is spawned under a key in use takes its
 * place: the older one is aborted, and nobody hears of it any more.
 *
 * <pre>{@code
 * try (var sessions = new JoinMap<User, Report>()) {
 *     sessions.spawn(user, () -> serve(user));
 *     sessions.abort(expelled);
 *     for (var next = sessions.joinNext().await(); next != null; next = sessions.joinNext().await()) {
 *         log(next.key(), next.result());
 *     }
 * }
 * }</pre>
 *
 * <p>Closing the map aborts what is still in it, without waiting. The map itself belongs to one
 * task, or thread, at a time.
 *
 * @param <K> the type of the keys, with {@code equals} and {@code hashCode}
 * @param <V> the type of the tasks' results
 * @see <a
 *     href="https://docs.rs/tokio-util/latest/tokio_util/task/struct.JoinMap.html">tokio_util::task::JoinMap</a>
 */
public final class JoinMap<K, V extends @Nullable Object> implements AutoCloseable {
    private final JoinSet<V> tasks = new JoinSet<>();
    private final Map<K, SetEntry<V>> byKey = new HashMap<>();
    private final JoinNext.Source<@Nullable Ended<K, V>> source = new JoinNext.Source<>() {
        @Override
        public Poll<@Nullable Ended<K, V>> poll(Context cx, Object wait) {
            return pollNext(cx, wait);
        }

        @Override
        public void forget(Object wait, Waker waker) {
            tasks.forget(wait, waker);
        }
    };

    /**
     * A task that has ended.
     *
     * @param key its key
     * @param result how it ended
     * @param <K> the type of the keys
     * @param <V> the type of the tasks' results
     */
    public record Ended<K, V extends @Nullable Object>(K key, JoinResult<V> result) {}

    /** An empty map. */
    public JoinMap() {}

    // --- adding

    /**
     * Spawns a task in direct style on the current runtime, in the place of the one with this key.
     *
     * @param key its key
     * @param body ordinary blocking code
     * @throws IllegalStateException outside a runtime
     */
    public void spawn(K key, Callable<? extends V> body) {
        spawnOn(Handle.current(), key, body);
    }

    /**
     * Spawns a stackless task on the current runtime, in the place of the one with this key.
     *
     * @param key its key
     * @param future polled on the runtime's workers
     * @throws IllegalStateException outside a runtime
     */
    public void spawn(K key, Future<? extends V> future) {
        spawnOn(Handle.current(), key, future);
    }

    /**
     * Spawns a task in direct style on a given runtime, in the place of the one with this key.
     *
     * @param handle the runtime
     * @param key its key
     * @param body ordinary blocking code
     */
    public void spawnOn(Handle handle, K key, Callable<? extends V> body) {
        Objects.requireNonNull(key, "key"); // before there is a task that nobody could abort
        add(key, handle.spawn(body));
    }

    /**
     * Spawns a stackless task on a given runtime, in the place of the one with this key.
     *
     * @param handle the runtime
     * @param key its key
     * @param future polled on the runtime's workers
     */
    public void spawnOn(Handle handle, K key, Future<? extends V> future) {
        Objects.requireNonNull(key, "key"); // before there is a task that nobody could abort
        add(key, handle.spawn(future));
    }

    /**
     * Runs a blocking job on the pool of the current runtime, in the place of the task with this
     * key. Aborting it drops it only if it has not started.
     *
     * @param key its key
     * @param body code that blocks its thread
     * @throws IllegalStateException outside a runtime
     */
    public void spawnBlocking(K key, Callable<? extends V> body) {
        spawnBlockingOn(Handle.current(), key, body);
    }

    /**
     * Runs a blocking job on the pool of a given runtime, in the place of the task with this key.
     *
     * @param handle the runtime
     * @param key its key
     * @param body code that blocks its thread
     */
    public void spawnBlockingOn(Handle handle, K key, Callable<? extends V> body) {
        Objects.requireNonNull(key, "key"); // before there is a task that nobody could abort
        add(key, handle.spawnBlocking(body));
    }

    /**
     * Spawns a task in direct style that stays on this thread, in the place of the one with this
     * key.
     *
     * @param key its key
     * @param body ordinary blocking code, carried by this thread
     * @throws IllegalStateException where {@link LocalSpawner#current()} throws
     */
    public void spawnLocal(K key, Callable<? extends V> body) {
        spawnLocalOn(LocalSpawner.current(), key, body);
    }

    /**
     * Spawns a stackless task that stays on this thread, in the place of the one with this key.
     *
     * @param key its key
     * @param future polled on this thread
     * @throws IllegalStateException where {@link LocalSpawner#current()} throws
     */
    public void spawnLocal(K key, Future<? extends V> future) {
        spawnLocalOn(LocalSpawner.current(), key, future);
    }

    /**
     * Spawns a task in direct style on a given set of local tasks, in the place of the one with
     * this key.
     *
     * @param local the set, or local runtime, of this thread
     * @param key its key
     * @param body ordinary blocking code, carried by this thread
     */
    public void spawnLocalOn(LocalSpawner local, K key, Callable<? extends V> body) {
        Objects.requireNonNull(key, "key"); // before there is a task that nobody could abort
        add(key, local.spawnLocal(body));
    }

    /**
     * Spawns a stackless task on a given set of local tasks, in the place of the one with this key.
     *
     * @param local the set, or local runtime, of this thread
     * @param key its key
     * @param future polled on this thread
     */
    public void spawnLocalOn(LocalSpawner local, K key, Future<? extends V> future) {
        Objects.requireNonNull(key, "key"); // before there is a task that nobody could abort
        add(key, local.spawnLocal(future));
    }

    /**
     * Adds a task that was spawned by other means, in the place of the one with this key. From now
     * on the map has the task's result; nobody else awaits the handle.
     *
     * @param key its key
     * @param task the task
     * @throws IllegalStateException when the handle was awaited to its end before; the map stays as it was
     */
    public void add(K key, JoinHandle<? extends V> task) {
        Objects.requireNonNull(key, "key");
        var entry = tasks.addEntry(task);
        entry.key = key;
        var older = put(key, entry);
        if (older != null) {
            try {
                older.task.abort();
            } finally { // it may throw; left in the set, it would take the key away from the newer one when it ends
                tasks.replace(older);
            }
        }
    }

    /** Where the key throws, the task is left alone: the map is not to wait for one that it has no key of. */
    private @Nullable SetEntry<V> put(K key, SetEntry<V> entry) {
        try {
            return byKey.put(key, entry);
        } catch (RuntimeException | Error e) {
            tasks.detach(entry);
            throw e;
        }
    }

    // --- taking

    /**
     * Waits for the next task to end and takes it out of the map.
     *
     * <p><em>Cancel safety:</em> a task is taken out only by the poll that completes.
     *
     * @return completes with a task that ended, or with null when the map is empty
     */
    @CheckReturnValue
    public JoinNext<@Nullable Ended<K, V>> joinNext() {
        return new JoinNext<>(source);
    }

    /**
     * Takes a task out of the map that has ended, without waiting.
     *
     * @return the task; null when none has ended, or the map is empty
     */
    public @Nullable Ended<K, V> tryJoinNext() {
        @Nullable SetEntry<V> entry;
        try {
            entry = tasks.nextEnded();
        } catch (RuntimeException | Error e) {
            forgetLost();
            throw e;
        }
        return entry == null ? null : take(entry);
    }

    /**
     * Takes the next task that ends out of the map, for hand-written futures. Only the last waker
     * that was passed is woken.
     *
     * @param cx whom to wake, and the budget
     * @return a task that ended, null when the map is empty, or pending
     */
    public Poll<@Nullable Ended<K, V>> pollJoinNext(Context cx) {
        return pollNext(cx, null);
    }

    private Poll<@Nullable Ended<K, V>> pollNext(Context cx, @Nullable Object wait) {
        Poll<@Nullable SetEntry<V>> poll;
        try {
            poll = tasks.pollNextEnded(cx, wait);
        } catch (RuntimeException | Error e) {
            forgetLost();
            throw e;
        }
        return switch (poll) {
            case Poll.Ready(var entry) -> Poll.ready(entry == null ? null : take(entry));
            case Poll.Pending<?> _ -> Poll.pending();
        };
    }

    /**
     * Lets go of the keys of tasks that are not in the set any more: because somebody else has had their results, or
     * because the key threw.
     */
    private void forgetLost() {
        byKey.values().removeIf(entry -> !entry.listed);
    }

    @SuppressWarnings("unchecked") // add sets the key
    private Ended<K, V> take(SetEntry<V> entry) {
        var key = (K) Objects.requireNonNull(entry.key);
        var result = tasks.take(entry); // first of all: the key may throw, and the task has ended all the same
        try {
            byKey.remove(key);
        } catch (RuntimeException | Error e) {
            forgetLost();
            throw e;
        }
        return new Ended<>(key, result);
    }

    /**
     * Waits for all tasks. The first one that fails aborts the others, and is thrown without
     * waiting for them.
     *
     * <p><em>Cancel safety:</em> giving up loses the results so far and leaves the other tasks in
     * the map.
     *
     * @return completes with the values by key; fails with the first {@link JoinError}
     */
    @CheckReturnValue
    public Future<Map<K, V>> joinAll() {
        return new JoinAllFuture<Ended<K, V>, Map<K, V>>(
                source, new HashMap<>(), (values, ended) -> values.put(ended.key(), ended.result().get()), this::close);
    }

    /**
     * Aborts all tasks and waits until each has ended; their results are dropped.
     *
     * <p><em>Cancel safety:</em> the tasks stay aborted; those that have not ended stay in the map.
     *
     * @return completes when the map is empty
     */
    @CheckReturnValue
    public Future<@Nullable Void> shutdown() {
        return new JoinShutdown(source, this::abortAll);
    }

    // --- by key

    /**
     * Aborts one task, which stays in the map until it is taken as cancelled.
     *
     * @param key its key
     * @return whether there is one with this key
     */
    public boolean abort(K key) {
        var entry = byKey.get(key);
        if (entry == null) {
            return false;
        }
        entry.task.abort();
        return true;
    }

    /**
     * Aborts the tasks whose keys match, all of them also behind an abort that throws, as {@link #abortAll()}.
     *
     * @param predicate which keys
     */
    public void abortMatching(Predicate<? super K> predicate) {
        var aborts = new Aborts();
        byKey.forEach((key, entry) -> {
            if (predicate.test(key)) {
                aborts.one(entry.task::abort);
            }
        });
        aborts.end();
    }

    /**
     * Whether a key is in use.
     *
     * @param key the key
     * @return true from the spawn of its task until it is taken out
     */
    public boolean containsKey(K key) {
        return byKey.containsKey(key);
    }

    /**
     * Whether a task is in the map.
     *
     * @param id the task's id
     * @return true from its spawn until it is taken out; looks at each task
     */
    public boolean containsTask(TaskId id) {
        return byKey.values().stream().anyMatch(entry -> entry.task.id().equals(id));
    }

    /** {@return the keys in use; a view that cannot be changed} */
    public Set<K> keys() {
        return Collections.unmodifiableSet(byKey.keySet());
    }

    // --- all of them

    /**
     * Aborts all tasks, which stay in the map until they are taken as cancelled. Where the abort of one throws, as that
     * of a task in a channel whose close does, the others are aborted all the same before that is thrown.
     */
    public void abortAll() {
        tasks.abortAll();
    }

    /** Takes all tasks out of the map and lets them run. */
    public void detachAll() {
        byKey.clear();
        tasks.detachAll();
    }

    /** Aborts all tasks and takes them out of the map, without waiting for their ends. Idempotent. */
    @Override
    public void close() {
        byKey.clear();
        tasks.close();
    }

    /** {@return how many tasks are in the map, those that have ended but were not taken included} */
    public int size() {
        return byKey.size();
    }

    /** {@return whether there are no tasks in the map} */
    public boolean isEmpty() {
        return byKey.isEmpty();
    }

    @Override
    public String toString() {
        return "JoinMap[keys=" + byKey.keySet() + "]";
    }
}
