package dev.edo.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A lock that spins and never parks, for critical sections of a few dozen instructions. It may be
 * extended, to save an object.
 *
 * <p>Why not a monitor or a {@code ReentrantLock}: both serve a queue. Where a virtual thread is
 * first in that queue it must be mounted to go on, and where all workers of its runtime wait behind
 * it nobody mounts it. Whoever spins keeps its processor and needs nobody.
 *
 * <p>Invariants: the holder calls nothing that parks (nor what is linked or loaded on first use),
 * no waker, no {@code cancel()} and no code of the application. Not reentrant. A waiter gives its
 * time slice away now and then, in case the holder lost its processor; but a virtual thread that has
 * another lock in hand does not. It would leave its carrier with that lock, and if the carrier's
 * next task wants the lock, nobody ever mounts the holder again.
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
        // links the call sites here: linking may park, which it must not do with a lock taken
        var first = new SpinLock();
        first.lock();
        first.unlock();
        first.lockSecond();
        first.unlock();
    }

    @SuppressWarnings("FieldMayBeFinal") // written through LOCKED
    private volatile boolean locked;

    /** Takes the lock; called without any other one. */
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

    /** Takes the lock with another one in hand, and so never lets a virtual thread be unmounted. */
    public final void lockSecond() {
        int spins = 0;
        while (locked || !LOCKED.compareAndSet(this, false, true)) {
            if (++spins % SPINS_BEFORE_YIELD == 0 && !Thread.currentThread().isVirtual()) {
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
