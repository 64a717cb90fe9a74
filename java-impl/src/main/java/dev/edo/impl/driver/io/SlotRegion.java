package dev.edo.impl.driver.io;

import dev.edo.impl.libc.SystemError;
import dev.edo.impl.natives.NativeLibrary;
import dev.edo.impl.natives.NativeMemory;
import dev.edo.impl.natives.SlotLayout;
import dev.edo.internal.NumberProperty;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The slots of one I/O driver: one region of address space, committed page by page as slots are
 * first used, so that a slot never moves.
 *
 * <p>Algorithm: slots are handed out from a stack of freed ones, the warmest first, and from
 * untouched memory when that is empty. Freeing raises the slot's generation, so an event of the
 * earlier owner that is still under way matches nothing. The stack has room for all that were ever
 * handed out: freeing needs no memory, for who polls would end for want of it. Slot 0 is never
 * handed out: it is {@link #TOMBSTONE}, shut down from the start, where closed registrations look.
 *
 * <p>Invariants: {@link #allocate}, {@link #free} and {@link #inUse} are guarded by the lock of the
 * {@link RegistrationSet}. The accessors may be called by anyone at any time, also after {@link
 * #close}: a region that is gone reads as shut down and takes no writes. Who was told of the shutdown
 * looks at {@link #GONE} and touches no memory. Of an access that is under way when the memory goes the
 * JVM makes an exception, and it interrupts that thread besides, which nobody has asked for.
 *
 * <p>Origin: Tokio allocates each ScheduledIo on the heap and keeps it alive with a reference
 * count.
 */
final class SlotRegion {
    /** The slot of whoever has none any more. */
    static final int TOMBSTONE = 0;

    /** Where registrations look whose driver was shut down: nowhere, since the memory is about to go. */
    static final int GONE = -1;

    static final String MAX_SLOTS_PROPERTY = "edo.io.maxSlots";
    private static final int DEFAULT_MAX_SLOTS = 1 << 20;
    private static final int HIGHEST_MAX_SLOTS = 1 << 26;

    private final MemorySegment slots;
    private final Arena arena;
    private final int capacity;

    private int[] freed = new int[16];
    private int freedCount;
    private int firstUntouched = TOMBSTONE + 1;

    /**
     * Takes over zeroed memory.
     *
     * @param slots belongs to {@code arena}; one slot of it is the tombstone
     * @param arena shared; closed with the region
     */
    SlotRegion(MemorySegment slots, Arena arena) {
        this.slots = slots;
        this.arena = arena;
        capacity = Math.toIntExact(slots.byteSize() / SlotLayout.SIZE);
        SlotLayout.setReadinessVolatile(slots, TOMBSTONE, SlotLayout.SHUTDOWN);
    }

    /** Reserves a region of the size that the property says. */
    static SlotRegion reserve() throws IOException {
        return reserve(configuredMaxSlots());
    }

    @SuppressWarnings("restricted") // MemorySegment.reinterpret
    static SlotRegion reserve(int maxSlots) throws IOException {
        NativeLibrary.ensureLoaded();
        long bytes = (maxSlots + 1L) * SlotLayout.SIZE;
        long address = NativeMemory.reserve(bytes);
        if (address < 0) {
            throw SystemError.ofPoller("reserve address space for the slots of the I/O driver: bytes=" + bytes
                    + " (lower -D" + MAX_SLOTS_PROPERTY + ", now " + maxSlots + ")", (int) -address);
        }
        var arena = Arena.ofShared();
        // SAFETY: the memory was reserved just now, of this size and aligned to a page, and nobody
        // else knows it. The arena owns it from here on and releases it once, when it is closed;
        // closing a shared arena ends the accesses in progress before the cleanup runs.
        var slots = NativeMemory.segment(address, bytes)
                .reinterpret(arena, gone -> release(address, bytes));
        return new SlotRegion(slots, arena);
    }

    private static void release(long address, long bytes) {
        int result = NativeMemory.release(address, bytes);
        if (result < 0) {
            throw new IllegalStateException("munmap of the slots failed: address=0x"
                    + Long.toHexString(address) + " bytes=" + bytes + " errno=" + -result);
        }
    }

    private static int configuredMaxSlots() {
        return NumberProperty.read(MAX_SLOTS_PROPERTY, DEFAULT_MAX_SLOTS, 1, HIGHEST_MAX_SLOTS);
    }

    // SAFETY, for the accessors below: an index was handed out by allocate() or is TOMBSTONE, so it
    // is in range (and is checked again by the segment), or is GONE. Memory that was given back is never
    // touched: the shared arena refuses the access, also one that began before it was closed, with
    // the exception caught here. A slot that has a new owner meanwhile belongs to somebody else,
    // but reading it is only a wrong hint, which ScheduledIo corrects, and a waiting bit set there
    // costs one superfluous upcall.

    long readinessVolatile(int index) {
        if (index == GONE) {
            return SlotLayout.SHUTDOWN;
        }
        try {
            return SlotLayout.readinessVolatile(slots, index);
        } catch (IllegalStateException regionClosed) {
            forgetInterrupt();
            return SlotLayout.SHUTDOWN;
        }
    }

    boolean casReadiness(int index, long expected, long next) {
        if (index == GONE) {
            return false;
        }
        try {
            return SlotLayout.casReadiness(slots, index, expected, next);
        } catch (IllegalStateException regionClosed) {
            forgetInterrupt();
            return false;
        }
    }

    /** Takes back what the JVM did to a thread whose access it has stopped; see the invariants. */
    private static void forgetInterrupt() {
        boolean unused = Thread.interrupted();
    }

    void shutdown(int index) {
        SlotLayout.orReadiness(slots, index, SlotLayout.SHUTDOWN);
    }

    /** Sets waiting bits, unless all of them are set already. */
    void addWaiting(int index, int mask) {
        if (index == GONE) {
            return;
        }
        try {
            if ((SlotLayout.waitingVolatile(slots, index) & mask) != mask) {
                SlotLayout.orWaiting(slots, index, mask);
            }
        } catch (IllegalStateException regionClosed) {
            forgetInterrupt(); // and the look at the readiness that follows finds the region gone
        }
    }

    int generation(int index) {
        return SlotLayout.generationVolatile(slots, index);
    }

    /** {@return the index of a clean slot, or -1 when all are in use} */
    int allocate(int fd, int interest) {
        int index;
        if (freedCount > 0) {
            index = freed[--freedCount];
        } else if (firstUntouched < capacity) {
            if (firstUntouched > freed.length) {
                freed = new int[freed.length << 1]; // with nothing in it to be copied
            }
            index = firstUntouched++;
        } else {
            return -1;
        }
        SlotLayout.setInterestOpaque(slots, index, interest);
        SlotLayout.setFdOpaque(slots, index, fd);
        SlotLayout.setWaitingVolatile(slots, index, 0);
        SlotLayout.setReadinessVolatile(slots, index, 0);
        return index;
    }

    /** Takes a slot back. It is not registered with the kernel any more, and no select is in progress. */
    void free(int index) {
        SlotLayout.setGenerationRelease(slots, index,
                SlotLayout.nextGeneration(SlotLayout.generationVolatile(slots, index)));
        SlotLayout.setReadinessVolatile(slots, index, 0);
        SlotLayout.setWaitingVolatile(slots, index, 0);
        freed[freedCount++] = index;
    }

    int inUse() {
        return firstUntouched - (TOMBSTONE + 1) - freedCount;
    }

    int maxSlots() {
        return capacity - 1;
    }

    /** {@return the slots, for whoever hands their address to C} */
    MemorySegment segment() {
        return slots;
    }

    /** Gives the memory back. Nobody may be inside a select. */
    void close() {
        arena.close();
    }
}
