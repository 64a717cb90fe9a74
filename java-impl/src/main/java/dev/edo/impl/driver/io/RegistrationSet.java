package dev.edo.impl.driver.io;

import dev.edo.impl.natives.SlotLayout;
import dev.edo.internal.SpinLock;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All registrations of a driver, by slot index.
 *
 * <p>Algorithm: a deregistered {@link ScheduledIo} keeps its slot and its place in the table until
 * the polling thread releases it before its next select: an event that the select in progress has
 * taken from the kernel still finds its own ScheduledIo, never the next owner of the slot. The
 * table is read by the polling thread without the lock.
 *
 * <p>Invariants: an entry of the table is written before its descriptor is registered with the
 * kernel, so it is there when the first event comes. The table is read anew after each select.
 * Entries are removed by the polling thread alone, but for those that the kernel refused.
 *
 * <p>Origin: Tokio's runtime/io/registration_set.rs; a table takes the place of the pointer in the
 * event.
 */
final class RegistrationSet {
    /** As many deregistered slots wake the polling thread, that it may release them. */
    static final int NOTIFY_AFTER = 16;

    private static final VarHandle ENTRY = MethodHandles.arrayElementVarHandle(ScheduledIo[].class);
    private static final int FIRST_TABLE_LENGTH = 64;

    static {
        linkCallSites();
    }

    private final SpinLock lock = new SpinLock();
    private final SlotRegion region;

    private volatile @Nullable ScheduledIo[] table = new @Nullable ScheduledIo[FIRST_TABLE_LENGTH];
    private volatile int pendingCount;

    private @Nullable ScheduledIo firstPending;
    private boolean isShutdown;
    private long registeredCount;
    private long deregisteredCount;

    RegistrationSet(SlotRegion region) {
        this.region = region;
    }

    /** Runs all that runs under the lock once, because linking may park, which it must not do there. */
    private static void linkCallSites() {
        var arena = Arena.ofAuto();
        var set = new RegistrationSet(
                new SlotRegion(arena.allocate(2L * SlotLayout.SIZE, SlotLayout.ALIGNMENT), arena));
        try {
            for (int turn = 0; turn < 2; turn++) { // with an untouched slot, then with a freed one
                set.deregister(set.allocate(0, SlotLayout.READABLE));
                set.release();
            }
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** {@return a new ScheduledIo with a slot, in the table, and not yet known to the kernel} */
    ScheduledIo allocate(int fd, int interest) throws IOException {
        boolean open;
        @Nullable ScheduledIo io = null;
        lock.lock();
        try {
            open = !isShutdown;
            if (open) {
                io = place(fd, interest);
            }
        } finally {
            lock.unlock();
        }
        if (io == null) {
            throw open ? noSlotLeft(fd) : Registration.driverGone("cannot register fd=" + fd);
        }
        return io;
    }

    /** Under the lock. {@return null when no slot is left} */
    private @Nullable ScheduledIo place(int fd, int interest) {
        int slot = region.allocate(fd, interest);
        if (slot < 0) {
            return null;
        }
        boolean placed = false;
        try {
            var io = new ScheduledIo(region, slot, region.generation(slot), fd);
            var entries = table;
            if (slot >= entries.length) {
                entries = Arrays.copyOf(entries, Math.max(slot + 1, entries.length << 1));
                entries[slot] = io;
                table = entries;
            } else {
                ENTRY.setRelease(entries, slot, io);
            }
            placed = true;
            registeredCount++;
            return io;
        } finally {
            if (!placed) {
                region.free(slot); // there was no memory
            }
        }
    }

    private IOException noSlotLeft(int fd) {
        return new IOException("cannot register fd=" + fd + ": all " + region.maxSlots()
                + " slots of the I/O driver are in use (" + pendingCount + " of them about to be"
                + " released); close connections, or raise -D" + SlotRegion.MAX_SLOTS_PROPERTY);
    }

    /** Takes back what the kernel refused to register. */
    void discard(ScheduledIo io) {
        lock.lock();
        try {
            registeredCount--;
            if (!isShutdown) {
                remove(io);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Queues a deregistered one for release.
     *
     * @return whether the polling thread should be woken to release
     */
    boolean deregister(ScheduledIo io) {
        lock.lock();
        try {
            deregisteredCount++;
            if (isShutdown) {
                return false;
            }
            io.nextPending = firstPending;
            firstPending = io;
            int count = pendingCount + 1;
            pendingCount = count;
            return count == NOTIFY_AFTER;
        } finally {
            lock.unlock();
        }
    }

    /** {@return the ScheduledIo of a slot, or null; for the polling thread, after a select} */
    @Nullable ScheduledIo get(int slot) {
        var entries = table;
        return slot < entries.length ? (ScheduledIo) ENTRY.getAcquire(entries, slot) : null;
    }

    boolean needsRelease() {
        return pendingCount != 0;
    }

    /** Frees the slots of the deregistered; for the polling thread, outside of any select. */
    void release() {
        lock.lock();
        try {
            var io = firstPending;
            firstPending = null;
            pendingCount = 0;
            while (io != null && !isShutdown) {
                var next = io.nextPending;
                io.nextPending = null;
                remove(io);
                io = next;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Closes the set for good and empties it: the region is not used from here on. */
    List<ScheduledIo> shutdown() {
        lock.lock();
        try {
            var all = new ArrayList<ScheduledIo>();
            if (!isShutdown) {
                isShutdown = true;
                for (var io : table) {
                    if (io != null) {
                        io.nextPending = null;
                        all.add(io);
                    }
                }
                table = new @Nullable ScheduledIo[0];
                firstPending = null;
                pendingCount = 0;
            }
            return all;
        } finally {
            lock.unlock();
        }
    }

    boolean isShutdown() {
        lock.lock();
        try {
            return isShutdown;
        } finally {
            lock.unlock();
        }
    }

    int slotsInUse() {
        lock.lock();
        try {
            return isShutdown ? 0 : region.inUse();
        } finally {
            lock.unlock();
        }
    }

    long registeredCount() {
        lock.lock();
        try {
            return registeredCount;
        } finally {
            lock.unlock();
        }
    }

    long deregisteredCount() {
        lock.lock();
        try {
            return deregisteredCount;
        } finally {
            lock.unlock();
        }
    }

    int tableLength() {
        return table.length;
    }

    private void remove(ScheduledIo io) {
        ENTRY.setRelease(table, io.slot, null);
        region.free(io.slot);
    }
}
