package dev.edo.sync;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What channels with many receivers have in common: who waits at their ends.
 *
 * <p>Ordering: what is waited for is written before {@code receivers} is woken, the count of receivers
 * before {@code closing} is; see {@link WaiterGroup} for the other side.
 */
abstract class ManyReceivers {
    private static final VarHandle PLACES;

    static {
        try {
            PLACES = MethodHandles.lookup().findVarHandle(ManyReceivers.class, "places", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Who waits for a message, a value or the end. */
    final WaiterGroups receivers = new WaiterGroups();

    /** Who waits for the last receiver to go. */
    final WaiterGroup closing = new WaiterGroup();

    @SuppressWarnings("unused") // read and written through PLACES
    private volatile int places;

    abstract int receiverCount();

    /**
     * {@return a number that differs from that of the receiver before, to choose a group of waiters}
     */
    final int newPlace() {
        return (int) PLACES.getAndAdd(this, 1);
    }
}
