package dev.edo.impl.driver.io;

/**
 * The kernel's side of the driver: publishes readiness into slots and reports those with waiting
 * bits.
 *
 * <p>One thread at a time is inside {@link #select}, and only that thread reads the ready entries
 * or closes. All else may be called by any thread at any time, also after {@link #close}, where it
 * does nothing.
 */
interface Selector {
    /** In place of an errno: the selector is closed. */
    int CLOSED = Integer.MIN_VALUE;

    /** What a selector counts. */
    enum Counter {
        TURNS,
        PUBLISHED,
        UPCALLS,
        QUIET,
        STALE,
        WAKES
    }

    /** {@return 0, -errno, or CLOSED} */
    int register(int fd, int index, int generation, int interest);

    /** {@return 0, -errno, or CLOSED} */
    int deregister(int fd);

    /**
     * Waits and publishes.
     *
     * @param timeoutNanos 0 only looks, negative waits without limit
     * @return the number of ready entries, or -errno
     */
    int select(long timeoutNanos, long tick);

    /** {@return the slot index of an entry of the last select} */
    int readyIndex(int entry);

    /** {@return the bits that were published to that slot} */
    int readyBits(int entry);

    /** Ends the select in progress, or else the next one. */
    void wake();

    /** {@return the counter's value, after close the last one} */
    long count(Counter counter);

    /** Frees everything native, the slots included, when the last call of another thread has left. */
    void close();
}
