package dev.edo.impl.scheduler;

import org.jspecify.annotations.Nullable;

/**
 * What sits in run queues. It carries its own link, so that queueing allocates nothing; it is in one queue at
 * most, which its owner guarantees.
 */
public abstract class Schedulable {
    /**
     * The next one in {@link Inject}. Written by whoever enqueues, read by whoever dequeues; published by the
     * queue's own release store.
     */
    @Nullable Schedulable queueNext;

    /**
     * Runs once: one poll of a stackless task, one mount of a virtual thread.
     *
     * @param context the state of the carrier that calls
     * @param budget how many units of work it may do before it should yield
     * @return what is left of the budget
     */
    public abstract int run(ThreadContext context, int budget);

    /**
     * Whether this is a virtual thread that the JDK made runnable, perhaps as the next owner of a lock that carriers
     * wait for: then {@link #drop} has it run elsewhere.
     */
    public boolean isHandOver() {
        return false;
    }

    /** Its scheduler will not run this: release what it holds, or run it elsewhere. */
    public void drop() {}
}
