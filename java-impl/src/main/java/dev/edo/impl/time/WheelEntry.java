package dev.edo.impl.time;

import org.jspecify.annotations.Nullable;

/** A node of a {@link Wheel}; all fields belong to the wheel while the node is in it. */
abstract class WheelEntry {
    @Nullable WheelEntry next;
    @Nullable WheelEntry previous;
    int slot;

    /** When it is due, at most {@link Wheel#MAX_DEADLINE_NANOS}; fixed while in the wheel. */
    long deadlineNanos;
}
