package dev.edo.sync;

/**
 * What {@link OnceCell#set} came to.
 *
 * <pre>{@code
 * switch (cell.set(config)) {
 *     case SET -> {}
 *     case INITIALIZING, ALREADY_INITIALIZED -> log("somebody was faster");
 * }
 * }</pre>
 *
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/sync/enum.SetError.html">tokio::sync::SetError</a>
 */
public enum SetOutcome {
    /** The cell has the value. */
    SET,
    /** The cell has another value. */
    ALREADY_INITIALIZED,
    /** Somebody is computing a value; whether that succeeds is not known yet. */
    INITIALIZING
}
