package dev.edo.runtime;

/**
 * What a runtime does when a spawned task throws.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/runtime/enum.UnhandledPanic.html">tokio::runtime::UnhandledPanic</a>
 */
public enum UnhandledPanic {
    /** The join handle reports it; nothing else happens. */
    IGNORE,
    /** The runtime shuts down at once and {@code blockOn} fails with the cause. */
    SHUTDOWN_RUNTIME
}
