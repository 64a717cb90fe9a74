package dev.edo.sync;

/**
 * One wait in a {@link WaiterGroup}.
 *
 * <p>Invariants: {@code round} is written before this enters, by the group, and never again.
 */
class GroupWaiter extends Waiter {
    /** The round of the group in which this entered. */
    long round;
}
