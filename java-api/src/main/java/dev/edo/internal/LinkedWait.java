package dev.edo.internal;

import dev.edo.future.Waker;
import org.jspecify.annotations.Nullable;

/**
 * A wait that stands in a list of {@link LinkedWaits}: its links, and whom to wake. It may be extended by the future
 * that waits, to save an object.
 *
 * <p>Invariants: the fields are written by the list, under its lock. The waker is null while this is in no list.
 *
 * @param <W> the type of the waits in the list
 */
public abstract class LinkedWait<W extends LinkedWait<W>> {
    @Nullable W previous;
    @Nullable W next;
    @Nullable Waker waker;

    /** A wait that is in no list. */
    protected LinkedWait() {}

    /** {@return the wait behind this one} */
    public final @Nullable W next() {
        return next;
    }

    /** {@return whom to wake; null where this is in no list} */
    public final @Nullable Waker waker() {
        return waker;
    }
}
