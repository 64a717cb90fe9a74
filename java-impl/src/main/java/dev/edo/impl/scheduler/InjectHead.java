package dev.edo.impl.scheduler;

import dev.edo.internal.LeadingPad;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The end of {@link Inject} that tasks are taken from, and the turns of its consumers. */
final class InjectHead extends LeadingPad {
    private static final VarHandle TAKEN;
    private static final VarHandle PUSHED;

    static {
        try {
            var lookup = MethodHandles.lookup();
            TAKEN = lookup.findVarHandle(InjectHead.class, "taken", boolean.class);
            PUSHED = lookup.findVarHandle(InjectHead.class, "pushed", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The oldest task, or the stub before it; only whoever has the turn touches it. */
    Schedulable node;

    /** Whether somebody has the turn. */
    @SuppressWarnings("FieldMayBeFinal") // written through TAKEN
    private volatile boolean taken;

    /** How many were pushed one by one, at the end of the last turn. */
    @SuppressWarnings("FieldMayBeFinal") // written through PUSHED
    private long pushed;

    InjectHead(Schedulable stub) {
        node = stub;
    }

    boolean tryLock() {
        return !taken && TAKEN.compareAndSet(this, false, true);
    }

    void unlock() {
        TAKEN.setRelease(this, false);
    }

    long pushed() {
        return (long) PUSHED.getOpaque(this);
    }

    /** Called by whoever has the turn. */
    void pushed(long count) {
        PUSHED.setOpaque(this, count);
    }
}
