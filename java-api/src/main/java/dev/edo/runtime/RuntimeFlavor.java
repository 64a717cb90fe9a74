package dev.edo.runtime;

/**
 * Which scheduler a runtime has.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/runtime/enum.RuntimeFlavor.html">tokio::runtime::RuntimeFlavor</a>
 */
public enum RuntimeFlavor {
    /** All tasks run on the thread that is inside {@code blockOn}. */
    CURRENT_THREAD,
    /** Tasks run on worker threads that steal from each other. */
    MULTI_THREAD
}
