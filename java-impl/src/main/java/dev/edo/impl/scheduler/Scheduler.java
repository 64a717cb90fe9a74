package dev.edo.impl.scheduler;

import dev.edo.future.Waker;
import dev.edo.impl.task.OwnedTasks;
import dev.edo.impl.task.TaskHooks;

/** What tasks ask of the scheduler they belong to. */
public abstract class Scheduler {
    private final OwnedTasks owned;
    private final TaskHooks hooks;

    protected Scheduler(OwnedTasks owned, TaskHooks hooks) {
        this.owned = owned;
        this.hooks = hooks;
    }

    /** The tasks that were spawned here and have not ended. */
    public final OwnedTasks owned() {
        return owned;
    }

    public final TaskHooks hooks() {
        return hooks;
    }

    /** Makes a task run soon; from any thread, never blocks. Where the scheduler has ended it is dropped. */
    public abstract void schedule(Schedulable task);

    /** Makes a task run after all that are runnable now. */
    public abstract void yieldNow(Schedulable task);

    /** Makes a task run after all that are runnable now, and after the drivers were looked at once more. */
    public abstract void yieldToDrivers(Schedulable task);

    /**
     * Makes a virtual thread run that the JDK made runnable: as {@link #yieldNow}, but where all carriers are blocked
     * it does not wait for them. Its {@code run} calls {@link #handOverStarted()} first of all.
     */
    public abstract void handOver(Schedulable thread);

    /** A virtual thread that was handed over has left its queue. */
    public abstract void handOverStarted();

    /** Wakes a waker after the drivers were looked at once more. */
    public abstract void defer(Waker waker);

    /** A task threw. */
    public abstract void unhandledPanic(Throwable cause);

    /** Counts a yield that a used-up budget forced. */
    public abstract void countForcedYield();
}
