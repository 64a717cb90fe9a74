package dev.edo.impl.locks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A lock that spins and never parks, for critical sections of a few dozen instructions.
 *
 * <p>Why not a monitor or a {@code ReentrantLock}: both serve a queue. Where a virtual thread is first in that queue it
 * must be mounted to go on, and where all workers of its runtime wait behind it (in stackless tasks, or in the
 * driver) nobody mounts it: a deadlock. Whoever spins keeps its processor and needs nobody.
 *
 * <p>Invariants: the holder calls nothing that parks and no code of the application. A waiter gives its time slice
 * away now and then, in case the holder lost its processor.
 *
 * <p>Ordering: the compare-and-set in {@link #lock} pairs with the release in {@link #unlock}.
 */
public class SpinLock {
    private static final VarHandle LOCKED;
    private static final int SPINS_BEFORE_YIELD = 128;

    static {
        try {
            LOCKED = MethodHandles.lookup().findVarHandle(SpinLock.class, "locked", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("FieldMayBeFinal") // written through LOCKED
    private volatile boolean locked;

    /** Takes the lock; not reentrant. */
    public final void lock() {
        int spins = 0;
        while (locked || !LOCKED.compareAndSet(this, false, true)) {
            if (++spins % SPINS_BEFORE_YIELD == 0) {
                Thread.yield();
            } else {
                Thread.onSpinWait();
            }
        }
    }

    /** Gives the lock back; called by its holder. */
    public final void unlock() {
        LOCKED.setRelease(this, false);
    }
}
