package dev.edo.sync;

/**
 * What an attempt to take permits of a {@link BatchSemaphore} came to. Compared rather than switched
 * over where futures are polled: a switch over an enum reads a table on the heap.
 */
enum Acquisition {
    /** All permits are the caller's. */
    ACQUIRED,
    /** There are not enough of them; a poll has registered its waker. */
    UNAVAILABLE,
    /** The semaphore is closed; the caller holds nothing. */
    CLOSED
}
