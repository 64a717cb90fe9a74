package dev.edo.impl.task.local;

import dev.edo.future.Waker;
import org.jspecify.annotations.Nullable;

/** One of the set's futures, which runs the set's tasks when it is polled; its fields belong to {@link LocalWaits}. */
abstract class LocalWait {
    @Nullable LocalWait previous;
    @Nullable LocalWait next;

    /** Of the last poll; null before the first one and after the end. */
    @Nullable Waker waker;
}
