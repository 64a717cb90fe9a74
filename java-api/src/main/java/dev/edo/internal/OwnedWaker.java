package dev.edo.internal;

import dev.edo.future.Waker;

/**
 * A waker that knows whom it wakes: a task, or a thread that waits.
 *
 * <p>What has one place for a waker, and is waited for by one task after the other, asks for it when
 * a wait is given up. A task that was aborted gives up when it runs next, and whoever has aborted it
 * may wait in its place by then.
 */
public interface OwnedWaker extends Waker {
    /** {@return whether it wakes whoever calls} */
    boolean isCallers();

    /**
     * Tells whether a wait that the caller gives up has to leave a waker where it is.
     *
     * @param waker what is registered
     * @return whether it is known to wake somebody else than the caller
     */
    static boolean isSomebodyElses(Waker waker) {
        return waker instanceof OwnedWaker owned && !owned.isCallers();
    }
}
