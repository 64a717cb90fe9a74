package dev.edo.impl.task;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;

/**
 * One of the lists of {@link OwnedTasks}, and what the thread that has it to itself counts.
 *
 * <p>Ordering: a task is spawned, queued (release), taken (acquire) and ended. Each count is written with release and
 * read with acquire, those of ended tasks first: who sees that a task has ended sees that it was spawned.
 */
public final class TaskList extends TaskListFields {
    private static final VarHandle SPAWNED;
    private static final VarHandle ENDED;

    static {
        try {
            var lookup = MethodHandles.lookup();
            SPAWNED = lookup.findVarHandle(TaskListFields.class, "spawned", long.class);
            ENDED = lookup.findVarHandle(TaskListFields.class, "ended", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
        // links the call sites here: linking may park, after which a virtual thread may be on another worker
        var first = new TaskList();
        first.countSpawned();
        first.countEnded();
    }

    /** Keeps the next list, which belongs to another thread, out of the cache lines of this one. */
    long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;

    TaskList() {}

    // --- counting; the first two on the thread that has this list to itself

    void countSpawned() {
        SPAWNED.setRelease(this, spawned + 1);
    }

    void countEnded() {
        ENDED.setRelease(this, ended + 1);
    }

    long spawnedCount() {
        return (long) SPAWNED.getAcquire(this);
    }

    long endedCount() {
        return (long) ENDED.getAcquire(this);
    }

    // --- the list; under the lock

    void add(Task<?> task) {
        var second = first;
        task.ownedNext = second;
        if (second != null) {
            second.ownedPrevious = task;
        }
        first = task;
        task.ownedBy = this;
    }

    void remove(Task<?> task) {
        task.ownedBy = null;
        var previous = task.ownedPrevious;
        var next = task.ownedNext;
        if (previous == null) {
            first = next;
        } else {
            previous.ownedNext = next;
        }
        if (next != null) {
            next.ownedPrevious = previous;
        }
        task.ownedPrevious = null;
        task.ownedNext = null;
    }

    void copyTo(List<Task<?>> target) {
        for (var task = first; task != null; task = task.ownedNext) {
            target.add(task);
        }
    }
}
