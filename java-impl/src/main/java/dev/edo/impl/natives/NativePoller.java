package dev.edo.impl.natives;

/**
 * The poll step in C: waits for the kernel, publishes readiness into slots, reports the slots that
 * somebody waits on. The contract is that of {@code native/src/edo_poll.h}; epoll and kqueue fulfil
 * it.
 *
 * <p><b>Errors.</b> Every method returns a value that is not negative, or {@code -errno}. None
 * throws.
 *
 * <p><b>Threads.</b> One thread at a time is inside {@link #waitEvents}. The others, but for
 * {@link #destroy}, may be called by any thread at any time, also during a wait.
 *
 * <p><b>Safety.</b> The poller is an address that {@link #create} returned and that was not yet
 * destroyed: C follows it unchecked. {@link NativeLibrary#ensureLoaded()} comes first.
 */
public final class NativePoller {

    private NativePoller() {
    }

    /**
     * Creates a poller.
     *
     * @param slotsAddress the address of slot 0; the slots outlive the poller
     * @param slotCapacity how many slots there are
     * @param maxEvents how many events one wait takes at most
     * @return the poller's address, or {@code -errno}
     */
    public static native long create(long slotsAddress, int slotCapacity, int maxEvents);

    /** Closes the poller and frees its memory. Nobody may use it any more, nor its segments. */
    public static native int destroy(long poller);

    /**
     * Starts edge-triggered events for a descriptor.
     *
     * @param index the slot they are published to
     * @param generation the slot's present generation: events reach the slot as long as it has it
     * @param interest of {@link SlotLayout#READABLE}, {@link SlotLayout#WRITABLE}, {@link
     *     SlotLayout#PRIORITY}
     */
    public static native int register(
            long poller, int fd, int index, int generation, int interest);

    /**
     * Ends the events of a descriptor. Events that a wait in flight has already taken are still
     * published: free the slot only when that wait is over.
     */
    public static native int deregister(long poller, int fd);

    /**
     * Waits for events, publishes them, and fills the ready array.
     *
     * <p><b>Blocking.</b> Until there is an event, the timeout is over, or {@link #wake} was called
     * since the last wait. Blocks the carrier of a virtual thread. May return 0 early: a signal
     * came, or the timeout exceeds a year.
     *
     * @param timeoutNanos -1: without end; 0: not at all; rounded up to what the kernel can do
     * @param tick what the readiness words of these events are stamped with
     * @return the number of entries in the ready array ({@link ReadyLayout}), or {@code -errno}
     */
    public static native int waitEvents(long poller, long timeoutNanos, long tick);

    /** Makes the wait in flight, or else the next one, return. Costs one system call. */
    public static native int wake(long poller);
}
