package dev.edo.runtime;

import dev.edo.task.TaskId;

/**
 * What the task hooks are told about a task.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/runtime/struct.TaskMeta.html">tokio::runtime::TaskMeta</a>
 */
public interface TaskMeta {
    /** {@return the task's id} */
    TaskId id();

    /** {@return whether the task is a virtual thread rather than a stackless future} */
    boolean isDirectStyle();
}
