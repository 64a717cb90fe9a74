package dev.edo.impl.task;

import dev.edo.internal.SpinLock;
import org.jspecify.annotations.Nullable;

/** What a {@link TaskList} writes: apart from it, so that its padding comes behind all of them. */
abstract class TaskListFields extends SpinLock {
    /** Under the lock, as are the links of the tasks on the list. */
    @Nullable Task<?> first;

    /** How many tasks the thread that has this list to itself spawned, and how many it ended. */
    long spawned;

    long ended;
}
