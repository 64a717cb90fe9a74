package dev.edo.impl.natives;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * The layout of a poller: the native part of one I/O driver. The twin of {@code struct edo_poller}
 * in {@code native/include/edo_abi.h}, compared with it by {@link Abi}.
 *
 * <p>The addresses and sizes are constant after creation: plain reads. The counters are written by
 * the polling thread, in C, and may be read by anyone at any time: opaque reads. Each counter is
 * exact on its own; two of them read one after the other need not fit together. At rest:
 *
 * <pre>
 *   seen      = wakes + stale + dropped + published
 *   published = upcalls + quiet
 * </pre>
 */
public final class PollerLayout {

    /** Bytes per poller. */
    public static final int SIZE = 128;

    static final int BACKEND_FD = 0;
    static final int WAKE_FD = 4;
    static final int SLOTS = 8;
    static final int SLOT_CAPACITY = 16;
    static final int MAX_EVENTS = 20;
    static final int EVENTS = 24;
    static final int READY = 32;
    static final int COARSE_TIMEOUT = 40;
    static final int TURNS = 64;
    static final int SEEN = 72;
    static final int PUBLISHED = 80;
    static final int UPCALLS = 88;
    static final int QUIET = 96;
    static final int STALE = 104;
    static final int WAKES = 112;
    static final int DROPPED = 120;

    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    private PollerLayout() {
    }

    /**
     * The memory of a poller.
     *
     * @param address what {@link NativePoller#create} returned
     */
    @SuppressWarnings("restricted")
    public static MemorySegment segment(long address) {
        // SAFETY: C allocated SIZE bytes at this address (the handshake compared SIZE) and frees
        // them in NativePoller.destroy, after which the owner no longer uses the segment.
        return MemorySegment.ofAddress(address).reinterpret(SIZE);
    }

    // SAFETY, for every accessor below: the segment is of segment(address), and the VarHandle
    // checks the bounds.

    /** The epoll or kqueue descriptor. */
    public static int backendFd(MemorySegment poller) {
        return (int) INT.get(poller, (long) BACKEND_FD);
    }

    /** The eventfd that wakes the poller, or -1 where the kernel needs none. */
    public static int wakeFd(MemorySegment poller) {
        return (int) INT.get(poller, (long) WAKE_FD);
    }

    /** How many events one wait takes from the kernel at most: the length of the ready array. */
    public static int maxEvents(MemorySegment poller) {
        return (int) INT.get(poller, (long) MAX_EVENTS);
    }

    /** How many slots the poller may publish to. */
    public static int slotCapacity(MemorySegment poller) {
        return (int) INT.get(poller, (long) SLOT_CAPACITY);
    }

    /** The address of the ready array. */
    static long ready(MemorySegment poller) {
        return (long) LONG.get(poller, (long) READY);
    }

    /** Whether this kernel rounds timeouts up to milliseconds. Known after the first timed wait. */
    public static boolean coarseTimeoutOpaque(MemorySegment poller) {
        return (int) INT.getOpaque(poller, (long) COARSE_TIMEOUT) != 0;
    }

    /** Waits so far. */
    public static long turnsOpaque(MemorySegment poller) {
        return (long) LONG.getOpaque(poller, (long) TURNS);
    }

    /** Events that came from the kernel. */
    public static long seenOpaque(MemorySegment poller) {
        return (long) LONG.getOpaque(poller, (long) SEEN);
    }

    /** Events written into a slot. */
    public static long publishedOpaque(MemorySegment poller) {
        return (long) LONG.getOpaque(poller, (long) PUBLISHED);
    }

    /** Published events that were reported, because somebody waited. */
    public static long upcallsOpaque(MemorySegment poller) {
        return (long) LONG.getOpaque(poller, (long) UPCALLS);
    }

    /** Published events for which nobody waited. */
    public static long quietOpaque(MemorySegment poller) {
        return (long) LONG.getOpaque(poller, (long) QUIET);
    }

    /** Events of an earlier generation of their slot. */
    public static long staleOpaque(MemorySegment poller) {
        return (long) LONG.getOpaque(poller, (long) STALE);
    }

    /** Events of the wake handle. */
    public static long wakesOpaque(MemorySegment poller) {
        return (long) LONG.getOpaque(poller, (long) WAKES);
    }

    /** Events of a slot that is shut down or out of range. */
    public static long droppedOpaque(MemorySegment poller) {
        return (long) LONG.getOpaque(poller, (long) DROPPED);
    }
}
