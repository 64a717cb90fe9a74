package dev.edo.runtime;

/**
 * What a runtime does when a spawned task throws.
 *
 * <pre>{@code
 * var runtime = EdoRuntime.builder()
 *         .currentThread()
 *         .enableAll()
 *         .unhandledPanic(UnhandledPanic.SHUTDOWN_RUNTIME)
 *         .build();
 * }</pre>
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/runtime/enum.UnhandledPanic.html">tokio::runtime::UnhandledPanic</a>
 */
public enum UnhandledPanic {
    /** The join handle reports it; nothing else happens, and nothing is logged. */
    IGNORE,
    /**
     * The runtime ends all tasks at once, and {@code blockOn} fails with an {@link IllegalStateException} whose cause
     * is what the task threw.
     */
    SHUTDOWN_RUNTIME
}
