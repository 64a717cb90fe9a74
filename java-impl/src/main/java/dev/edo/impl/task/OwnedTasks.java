package dev.edo.impl.task;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a runtime that have not ended: how many there are, and lists of those that shutdown could not find
 * otherwise.
 *
 * <p>Algorithm: a task that is queued or polled is in somebody's hands, who will see to it. A stackless one is put on
 * a list when it is about to wait for the first time, by its poller; one that never waits takes no lock. One in direct
 * style may wait wherever it is, so its thread puts it there before anything else. There it stays until it ends. The
 * lists are doubly linked, of intrusive nodes: one for each thread that drives the scheduler and some for all other
 * threads, each behind a lock that is held for a few instructions. Threads meet there only where one ends what another
 * put there. The lock spins and never parks, because a virtual thread may hold it. The threads that drive count without
 * atomic updates.
 *
 * <p>Shutdown: first {@code CLOSED} is set, then all on the lists are told to end, then those in the queues, where they
 * are run or dropped. Nobody is missed:
 *
 * <ul>
 *   <li>Who spawns looks at {@code CLOSED} before the task is queued, and again afterwards
 *       ({@link #shutDownIfClosed}): it is seen there, or the task is seen in the inject queue. Putting it into a
 *       worker's own queue is no full fence, but that worker looks there itself before it ends.
 *   <li>A task that is on no list is neither polled nor queued again once this is closed: its poller ends it instead.
 *   <li>Who puts a task on a list looks at {@code CLOSED} with the lock taken: it is seen there, or the lock is taken
 *       before who shuts down takes it and finds the task.
 * </ul>
 *
 * <p>Dumps: while one is taken, whoever is about to poll a task that is on no list puts it there. A dump that looks
 * at the lists a moment later finds all that have had a turn since, be it that they only yield.
 *
 * <p>A worker that never comes back from a poll is emptied by the others, so that it misses no more than what it has
 * moved between two queues, or has spawned, at just that moment.
 *
 * <p>Origin: Tokio's {@code task/list.rs}, where a task is on a list, picked by its id, from the start.
 */
public final class OwnedTasks {
    private static final int SHARED_LISTS = 4; // a power of two

    /** Bit 0 of the mode: tasks are refused. Above: how many dumps are being taken. */
    private static final int CLOSED = 1;

    private static final int ONE_DUMP = 1 << 1;

    private static final VarHandle MODE;

    static {
        try {
            MODE = MethodHandles.lookup().findVarHandle(OwnedTasks.class, "mode", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final TaskList[] ownLists;
    private final TaskList[] sharedLists = newLists(SHARED_LISTS);
    private final LongAdder spawnedElsewhere = new LongAdder();
    private final LongAdder endedElsewhere = new LongAdder();

    @SuppressWarnings("FieldMayBeFinal") // written through MODE
    private volatile int mode;

    /** For so many threads that drive the scheduler at the same time. */
    public OwnedTasks(int drivers) {
        ownLists = newLists(drivers);
    }

    private static TaskList[] newLists(int count) {
        var lists = new TaskList[count];
        for (int i = 0; i < count; i++) {
            lists[i] = new TaskList();
        }
        return lists;
    }

    /** The list that one of the threads that drive the scheduler has to itself, as long as it drives. */
    public TaskList ownList(int driver) {
        return ownLists[driver];
    }

    // --- one task

    /**
     * Counts a new task, which the caller queues next; false when closed, and the caller ends it.
     *
     * @param own the list that the calling thread has to itself, or null; so everywhere here
     */
    public boolean admit(Task<?> task, @Nullable TaskList own) {
        if (isClosed()) {
            return false;
        }
        task.isCounted = true;
        if (own != null) {
            own.countSpawned();
        } else {
            spawnedElsewhere.increment();
        }
        return true;
    }

    /** Puts a task on a list; false when closed, and the caller ends it. */
    public boolean add(Task<?> task, @Nullable TaskList own) {
        var list = own != null ? own : sharedList();
        list.lock();
        try {
            if (isClosed()) {
                return false;
            }
            list.add(task);
            return true;
        } finally {
            list.unlock();
        }
    }

    private TaskList sharedList() {
        return sharedLists[(int) (Thread.currentThread().threadId() & SHARED_LISTS - 1)];
    }

    /** Ends one that was spawned while this was being closed; called after it was queued. */
    public void shutDownIfClosed(Task<?> task) {
        if (isClosed()) {
            task.shutDown();
        }
    }

    /** A task ends; called by the only one who ends it. */
    void remove(Task<?> task, @Nullable TaskList own) {
        if (task.isCounted) {
            task.isCounted = false;
            countEnded(own); // first of all: a virtual thread may move to another worker where it waits for a lock
        }
        var list = task.ownedBy;
        if (list == null) {
            return;
        }
        list.lock();
        try {
            list.remove(task);
        } finally {
            list.unlock();
        }
    }

    private void countEnded(@Nullable TaskList own) {
        if (own != null) {
            own.countEnded();
        } else {
            endedElsewhere.increment();
        }
    }

    // --- all of them

    public boolean isClosed() {
        return (mode & CLOSED) != 0;
    }

    /** Whether who polls a task that is on no list is to try and {@link #add} it. */
    boolean wantsAll() {
        return mode != 0;
    }

    /** Has all tasks put on lists that get a turn from here on; {@link #endDump} is to follow. */
    public void beginDump() {
        MODE.getAndAdd(this, ONE_DUMP);
    }

    public void endDump() {
        MODE.getAndAdd(this, -ONE_DUMP);
    }

    /** Refuses new tasks. */
    public void close() {
        MODE.getAndBitwiseOr(this, CLOSED);
    }

    /** Refuses new tasks and tells those on the lists to end; several threads may share the work. */
    public void closeAndShutDownAll(int firstList) {
        close();
        for (int i = 0; i < ownLists.length; i++) {
            shutDownAll(ownLists[(firstList + i) % ownLists.length]);
        }
        for (var list : sharedLists) {
            shutDownAll(list);
        }
    }

    private static void shutDownAll(TaskList list) {
        for (var task : snapshot(list)) {
            task.shutDown();
        }
    }

    /** Ends what is left on the lists after the threads that drive have gone. */
    public void abandonAll() {
        for (var task : listed()) {
            task.abandon();
        }
    }

    /** The tasks on the lists: those in direct style that have run, and the others that have waited. */
    public List<Task<?>> listed() {
        var all = new ArrayList<Task<?>>();
        for (var list : ownLists) {
            all.addAll(snapshot(list));
        }
        for (var list : sharedLists) {
            all.addAll(snapshot(list));
        }
        return all;
    }

    private static List<Task<?>> snapshot(TaskList list) {
        var tasks = new ArrayList<Task<?>>();
        list.lock();
        try {
            list.copyTo(tasks);
        } finally {
            list.unlock();
        }
        return tasks;
    }

    /** How many tasks have not ended. */
    public long aliveCount() {
        long ended = endedElsewhere.sum(); // first, as TaskList says
        for (var list : ownLists) {
            ended += list.endedCount();
        }
        return spawnedCount() - ended;
    }

    /** How many tasks were ever admitted. */
    public long spawnedCount() {
        long spawned = spawnedElsewhere.sum();
        for (var list : ownLists) {
            spawned += list.spawnedCount();
        }
        return spawned;
    }
}
