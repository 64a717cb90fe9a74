package dev.edo.impl.driver.io;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import dev.edo.impl.driver.WakeList;
import dev.edo.impl.libc.Errno;
import dev.edo.impl.libc.SystemError;
import dev.edo.impl.natives.SlotLayout;
import dev.edo.internal.SpinLock;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The heap twin of a slot: who waits for the readiness that C publishes there.
 *
 * <p>Algorithm: one waker per direction for the poll methods, the newest of them, handed over
 * without a lock; and a list of {@link Readiness} futures, any number with any interest, under this
 * object's own lock. Waiting is, in this order,
 *
 * <pre>
 *   W1 store the waker (a field of its direction, or the list)
 *   W2 set the waiting bits of the slot, if they are not set
 *   W3 read where to look ({@code index}), then the readiness there; ready after all: do not wait
 * </pre>
 *
 * and waking, whichever of the two it is,
 *
 * <pre>
 *   C1 publish the readiness             X1 point {@code index} at the tombstone, or
 *   C2 take the waiting bits, report        nowhere, at the end of the driver
 *   C3 {@link #wake}: take the wakers    X2 take the wakers
 * </pre>
 *
 * <p>Invariants: no wake-up is lost. All of these are sequentially consistent, so there is one
 * order of them. If W3 does not see C1, then W2 is before C2, and the bit is set at C2 or was taken
 * by an earlier C2' after W2; the C3 of either takes the waker of W1, or a newer one, which
 * replaced it by the rule of the one waker per direction. If W3 does not see X1, then W1 is before
 * X2. A step of W that is left out because its effect is there already has read that effect during
 * this very poll: whoever takes it away afterwards wakes afterwards. Therefore the hand-over needs
 * no lock: a waker is taken by one atomic exchange, and the garbage collector does for its memory
 * what Tokio's mutex does. The list needs one, because several nodes change together; it is not
 * touched while nobody uses futures.
 *
 * <p>A stale {@code index} is harmless. A thread that read it before the registration was closed
 * may look at the slot's next owner: it then sees readiness that is not its own (the caller's
 * operation fails on the closed descriptor), or sets waiting bits that nobody needs (one
 * superfluous upcall), and W3 corrects it. It cannot clear the next owner's readiness: every tick
 * published there is newer than the ticks of its events.
 *
 * <p>Origin: Tokio's runtime/io/scheduled_io.rs, which has the readiness word on the heap, and a
 * mutex around all wakers.
 */
final class ScheduledIo extends SpinLock {
    private static final VarHandle READER;
    private static final VarHandle WRITER;

    static {
        try {
            var lookup = MethodHandles.lookup();
            READER = lookup.findVarHandle(ScheduledIo.class, "reader", Waker.class);
            WRITER = lookup.findVarHandle(ScheduledIo.class, "writer", Waker.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The slot as the driver knows it, from registration to release. */
    final int slot;

    /** The slot's generation for as long as this one has it. */
    final int generation;

    final int fd;
    private final SlotRegion region;

    /** Where to look: the slot, the tombstone once this is closed, or nowhere once the driver is shut down. */
    private volatile int index;

    private volatile @Nullable Waker reader;
    private volatile @Nullable Waker writer;
    private volatile @Nullable Readiness firstWaiter;

    /** The next one whose slot awaits its release; guarded by the registration set's lock. */
    @Nullable ScheduledIo nextPending;

    ScheduledIo(SlotRegion region, int slot, int generation, int fd) {
        this.region = region;
        this.slot = slot;
        this.generation = generation;
        this.fd = fd;
        index = slot;
    }

    boolean isClosed() {
        return index == SlotRegion.TOMBSTONE;
    }

    /** {@return the event with what is ready now of {@code mask}, or PENDING, or SHUTDOWN} */
    long readyEvent(int mask) {
        return ReadinessWord.event(region.readinessVolatile(index), mask);
    }

    /**
     * Looks for readiness in one direction and registers the context's waker if there is none.
     *
     * @return the event, or PENDING, or SHUTDOWN
     */
    long pollReadiness(Context cx, int mask, Direction direction) {
        long event = readyEvent(mask);
        if (event != ReadinessWord.PENDING) {
            return event;
        }
        var waker = cx.waker();
        switch (direction) {
            case READ -> {
                if (reader != waker) {
                    reader = waker;
                }
            }
            case WRITE -> {
                if (writer != waker) {
                    writer = waker;
                }
            }
        }
        region.addWaiting(index, mask);
        return readyEvent(mask);
    }

    /** The same for a future, which is a node of the list while it waits. */
    long pollReadiness(Readiness waiter, Waker waker) {
        if (!waiter.enlisted) {
            long event = readyEvent(waiter.mask);
            if (event != ReadinessWord.PENDING) {
                return event;
            }
        }
        lock();
        try {
            if (waiter.fired != 0) {
                int fired = waiter.fired;
                waiter.fired = 0;
                waiter.enlisted = false;
                return ReadinessWord.event(region.readinessVolatile(index), fired, waiter.mask);
            }
            if (!waiter.enlisted) {
                link(waiter);
                waiter.enlisted = true;
            }
            waiter.waker = waker;
        } finally {
            unlock();
        }
        region.addWaiting(index, waiter.mask);
        long event = readyEvent(waiter.mask);
        if (event != ReadinessWord.PENDING) {
            cancel(waiter);
        }
        return event;
    }

    /** Takes a future off the list. */
    void cancel(Readiness waiter) {
        if (!waiter.enlisted) {
            return;
        }
        lock();
        try {
            if (waiter.fired == 0) {
                unlink(waiter);
            }
            waiter.fired = 0;
            waiter.enlisted = false;
        } finally {
            unlock();
        }
    }

    /** Lets go of a direction's waker if it is still this one; its waiting bits cost an upcall at most. */
    void forgetReader(Waker waker) {
        READER.compareAndSet(this, waker, null);
    }

    void forgetWriter(Waker waker) {
        WRITER.compareAndSet(this, waker, null);
    }

    /**
     * Takes readiness away after an operation found that there is none, unless something newer was
     * published since.
     */
    void clearReadiness(long event, int mask) {
        clearReadiness(event, mask, true);
    }

    /** The same, of what may have no end: then the closed states are cleared, too. */
    void clearReadiness(long event, int mask, boolean hasEnd) {
        int clear = ReadyMask.clearable(event, mask, hasEnd);
        long tick = SlotLayout.tick(event);
        int at = index;
        while (true) {
            long word = region.readinessVolatile(at);
            if (SlotLayout.isShutdown(word) || SlotLayout.tick(word) != tick || (word & clear) == 0
                    || region.casReadiness(at, word, word & ~(long) clear)) {
                return;
            }
        }
    }

    /**
     * Wakes whoever waits for one of these bits.
     *
     * @param batch empty, belongs to the calling thread, and is empty again afterwards
     */
    void wake(int ready, WakeList batch) {
        wakeDirections(ready);
        if (firstWaiter != null) {
            wakeWaiters(ready, batch);
        }
    }

    /** Wakes whoever waits for reading, whatever the slot says. */
    void wakeReaders() {
        wake(SlotLayout.READABLE, new WakeList());
    }

    /** Wakes whoever waits for writing, whatever the slot says. */
    void wakeWriters() {
        wake(SlotLayout.WRITABLE, new WakeList());
    }

    /** Shuts the slot down for good and wakes everybody. The region is still there. */
    void shutdown(WakeList batch) {
        lock();
        try {
            int at = index;
            if (at != SlotRegion.TOMBSTONE && at != SlotRegion.GONE) {
                region.shutdown(at);
                index = SlotRegion.GONE; // the memory is about to be given back
            }
        } finally {
            unlock();
        }
        wake(ReadyMask.ALL, batch);
    }

    /**
     * Turns away from the slot, after telling the kernel.
     *
     * @return false if this was closed before, and then nothing happens; but an earlier call that
     *     told the kernel has finished doing so
     */
    boolean close(Selector selector) {
        int result;
        lock();
        try {
            if (isClosed()) {
                return false;
            }
            result = selector.deregister(fd);
            index = SlotRegion.TOMBSTONE;
        } finally {
            unlock();
        }
        if (result < 0 && result != Selector.CLOSED && !isForgotten(result)) {
            System.getLogger(ScheduledIo.class.getName()).log(System.Logger.Level.WARNING,
                    SystemError.ofPoller("deregister fd=" + fd + " from the I/O driver", -result).getMessage());
        }
        return true;
    }

    /** Whether the kernel had forgotten the descriptor already, as it does when that is closed. */
    private static boolean isForgotten(int result) {
        return result == -Errno.NOENT || result == -Errno.BADF;
    }

    /** After {@link #close}: wakes everybody, and lets go of them. */
    void wakeClosed() {
        wakeDirections(ReadyMask.ALL);
        if (firstWaiter != null) {
            wakeWaiters(ReadyMask.ALL, new WakeList());
        }
    }

    boolean hasWaiters() {
        return reader != null || writer != null || firstWaiter != null;
    }

    private void wakeDirections(int ready) {
        if ((ready & ReadyMask.READ) != 0 && reader != null) {
            var waker = (Waker) READER.getAndSet(this, null);
            if (waker != null) {
                WakeList.wake(waker);
            }
        }
        if ((ready & ReadyMask.WRITE) != 0 && writer != null) {
            var waker = (Waker) WRITER.getAndSet(this, null);
            if (waker != null) {
                WakeList.wake(waker);
            }
        }
    }

    private void wakeWaiters(int ready, WakeList batch) {
        boolean more = true;
        while (more) {
            lock();
            try {
                more = takeBatch(ready, batch);
            } finally {
                unlock();
            }
            batch.wakeAll();
        }
    }

    /** {@return whether the batch is full and there may be more} */
    private boolean takeBatch(int ready, WakeList batch) {
        var waiter = firstWaiter;
        while (waiter != null) {
            if (batch.isFull()) {
                return true;
            }
            var next = waiter.next;
            int fired = waiter.mask & ready;
            if (fired != 0) {
                unlink(waiter);
                waiter.fired = fired;
                var waker = waiter.waker;
                waiter.waker = null;
                if (waker != null) {
                    batch.push(waker);
                }
            }
            waiter = next;
        }
        return false;
    }

    private void link(Readiness waiter) {
        var first = firstWaiter;
        waiter.next = first;
        if (first != null) {
            first.previous = waiter;
        }
        firstWaiter = waiter;
    }

    private void unlink(Readiness waiter) {
        var next = waiter.next;
        var previous = waiter.previous;
        if (previous == null) {
            firstWaiter = next;
        } else {
            previous.next = next;
        }
        if (next != null) {
            next.previous = previous;
        }
        waiter.next = null;
        waiter.previous = null;
    }
}
