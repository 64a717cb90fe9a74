package dev.edo.impl.natives;

/**
 * A ring of Linux's io_uring in C. The contract is that of {@code native/src/edo_uring.h}.
 *
 * <p><b>Errors.</b> Every method returns a value that is not negative, or {@code -errno}, unless it says otherwise.
 * None throws.
 *
 * <p><b>Threads.</b> All but {@link #close} may be called by any thread at any time. A lock in C keeps them apart.
 *
 * <p><b>Safety.</b> The ring is an address that {@link #open} returned and that was not yet closed: C follows it
 * unchecked. {@link NativeLibrary#ensureLoaded()} comes first.
 */
public final class NativeUring {
    /** What {@link #next} returns when there is nothing. */
    public static final long EMPTY = Long.MIN_VALUE;

    private NativeUring() {}

    /**
     * Opens a ring.
     *
     * @param entries how many submissions it has room for
     * @param completions how many completions, at least as many; the kernel keeps what does not fit in
     * @return the ring's address, or {@code -errno}
     */
    public static native long open(int entries, int completions);

    /** Closes a ring and frees it. Nothing is in flight, and nobody uses it any more. */
    public static native int close(long ring);

    /** A descriptor that becomes readable, as an edge, with each completion that came in outside of a submission. */
    public static native int eventFd(long ring);

    /** Which of the operations 0 to 62 the kernel has: a bit each. */
    public static native long operations(long ring);

    /**
     * Gives one operation to the kernel. The caller looks for what {@link #next} tells afterwards, whatever this
     * returns.
     *
     * @param address of memory that is the kernel's until the end was told; so is what it leads to
     * @param number what its end is told by; not that of another operation in flight
     * @return 0, or {@code -errno} where the kernel has not taken it
     */
    public static native int submit(
            long ring,
            int operation,
            int entryFlags,
            int fd,
            long address,
            int length,
            long offset,
            int flags,
            int number);

    /** Asks the kernel to end an operation early; its end is told all the same. */
    public static native int cancel(long ring, int number);

    /** {@return the end of an operation, as {@code number << 32 | result}; or {@link #EMPTY}} */
    public static native long next(long ring);

    /** Waits until an end came in, or the time is over. Blocks the carrier of a virtual thread. */
    public static native int await(long ring, int timeoutMillis);

    /** Closes a descriptor that an operation has opened. */
    public static native int closeFd(int fd);
}
