package dev.edo.runtime;

import dev.edo.task.TaskId;
import org.jspecify.annotations.Nullable;

/**
 * What the task hooks are told about a task.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/runtime/struct.TaskMeta.html">tokio::runtime::TaskMeta</a>
 */
public interface TaskMeta {
    /** {@return the task's id} */
    TaskId id();

    /** {@return the name that the task was given by a {@link dev.edo.task.TaskBuilder}, or null} */
    @Nullable String name();

    /** {@return whether the task is a virtual thread rather than a stackless future} */
    boolean isDirectStyle();
}
