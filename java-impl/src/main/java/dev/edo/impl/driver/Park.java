package dev.edo.impl.driver;

/**
 * Something a thread can sleep in until there is work: the I/O selector, or a plain thread park. At most one
 * thread is inside {@link #park} at a time; the caller sees to that.
 */
public interface Park {
    /** The timeout that means: until an event or {@link #unpark()}. */
    long FOREVER = -1;

    /**
     * Sleeps until an event, the timeout or {@link #unpark()}, and dispatches what happened.
     *
     * @param timeoutNanos 0 only looks; {@link #FOREVER} waits without limit
     */
    void park(long timeoutNanos);

    /** Ends the present or the next {@link #park}; from any thread, never blocks. */
    void unpark();

    /** Wakes everything that waits, with an error. The caller is the only one inside; never parked again. */
    void shutdown();
}
