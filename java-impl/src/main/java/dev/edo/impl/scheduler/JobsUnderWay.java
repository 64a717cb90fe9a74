package dev.edo.impl.scheduler;

import dev.edo.internal.LeadingPad;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How many jobs of the blocking pool wait or run. While there are a few, whoever has no task to run looks out for a while
 * before it sleeps: a job that reads from a file takes less time than waking a thread. Where there are as many as
 * processors, they need these.
 *
 * <p>Written by all who give jobs and by the pool's threads; a look that comes too early or too late does no harm.
 */
public final class JobsUnderWay extends LeadingPad {
    private static final VarHandle COUNT;

    static {
        try {
            COUNT = MethodHandles.lookup().findVarHandle(JobsUnderWay.class, "count", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("FieldMayBeFinal") // written through COUNT
    private int count;

    /** A job is about to be given to the pool. */
    public void begin() {
        COUNT.getAndAdd(this, 1);
    }

    /** It has ended, or is not run. */
    public void end() {
        COUNT.getAndAdd(this, -1);
    }

    /** Whether there are any, and a processor is left to look out for their ends. */
    public boolean areFew() {
        int jobs = (int) COUNT.getOpaque(this);
        return jobs > 0 && LookOut.hasRoomBeside(jobs);
    }
}
