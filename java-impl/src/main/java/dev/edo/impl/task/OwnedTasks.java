package dev.edo.impl.task;

import dev.edo.impl.scheduler.ThreadContext;
import dev.edo.internal.SpinLock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a runtime that have not ended: what shutdown has to end, and what a dump shows.
 *
 * <p>Algorithm: doubly linked lists of intrusive nodes, one per worker and some for all other threads, each behind
 * a lock that is held for a few instructions. A task stays in the list of the thread that spawned it, so workers
 * meet only where one ends what another spawned. The lock spins and never parks, because a virtual thread that
 * ends may hold it.
 *
 * <p>Shutdown: once closed, nothing is added; every task is told to end.
 *
 * <p>Origin: Tokio's {@code task/list.rs}, which picks the list by the task's id.
 */
public final class OwnedTasks {
    private static final int FOREIGN_SHARDS = 4; // a power of two

    private final Shard[] shards;
    private final int workers;
    private volatile boolean closed;

    /** One list. */
    private static final class Shard extends SpinLock {
        private @Nullable Task<?> first;
        private long added;
        private long removed;
    }

    public OwnedTasks(int workers) {
        this.workers = workers;
        shards = new Shard[workers + FOREIGN_SHARDS];
        for (int i = 0; i < shards.length; i++) {
            shards[i] = new Shard();
        }
    }

    /** The list for what a thread spawns. */
    int shardOf(@Nullable ThreadContext context) {
        if (context != null && context.worker != null) {
            int index = context.worker.index();
            if (index < workers) {
                return index;
            }
        }
        return workers + (int) (Thread.currentThread().threadId() & FOREIGN_SHARDS - 1);
    }

    /** Adds a new task; false when closed, and the caller ends it. */
    public boolean bind(Task<?> task) {
        var shard = shards[task.shard];
        shard.lock();
        try {
            if (closed) {
                return false;
            }
            var first = shard.first;
            task.ownedNext = first;
            if (first != null) {
                first.ownedPrevious = task;
            }
            shard.first = task;
            task.isOwned = true;
            shard.added++;
            return true;
        } finally {
            shard.unlock();
        }
    }

    /** Takes a task off; does nothing when it is not on a list. */
    void remove(Task<?> task) {
        var shard = shards[task.shard];
        shard.lock();
        try {
            if (!task.isOwned) {
                return;
            }
            task.isOwned = false;
            var previous = task.ownedPrevious;
            var next = task.ownedNext;
            if (previous == null) {
                shard.first = next;
            } else {
                previous.ownedNext = next;
            }
            if (next != null) {
                next.ownedPrevious = previous;
            }
            task.ownedPrevious = null;
            task.ownedNext = null;
            shard.removed++;
        } finally {
            shard.unlock();
        }
    }

    /** Refuses new tasks and tells all present ones to end; several threads may share the work. */
    public void closeAndShutDownAll(int startShard) {
        closed = true;
        for (int i = 0; i < shards.length; i++) {
            for (var task : snapshot(shards[(startShard + i) % shards.length])) {
                task.shutDown();
            }
        }
    }

    /** Ends what is left after the workers have gone. */
    public void abandonAll() {
        for (var shard : shards) {
            for (var task : snapshot(shard)) {
                task.abandon();
            }
        }
    }

    private static List<Task<?>> snapshot(Shard shard) {
        var tasks = new ArrayList<Task<?>>();
        shard.lock();
        try {
            for (var task = shard.first; task != null; task = task.ownedNext) {
                tasks.add(task);
            }
        } finally {
            shard.unlock();
        }
        return tasks;
    }

    /** The tasks that have not ended. */
    public List<Task<?>> snapshot() {
        var all = new ArrayList<Task<?>>();
        for (var shard : shards) {
            all.addAll(snapshot(shard));
        }
        return all;
    }

    /** How many tasks have not ended. */
    public long aliveCount() {
        long count = 0;
        for (var shard : shards) {
            shard.lock();
            count += shard.added - shard.removed;
            shard.unlock();
        }
        return count;
    }

    /** How many tasks were ever added. */
    public long spawnedCount() {
        long count = 0;
        for (var shard : shards) {
            shard.lock();
            count += shard.added;
            shard.unlock();
        }
        return count;
    }
}
