package dev.edo.runtime;

import java.io.IOException;

/**
 * What an operation on a socket or another descriptor fails with because the runtime that it was opened in has been shut
 * down.
 *
 * <pre>{@code
 * try {
 *     serve(listener.accept().await());
 * } catch (RuntimeShutdownException e) {
 *     return; // not the peer's fault, and no reason to try again
 * }
 * }</pre>
 *
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/runtime/fn.is_rt_shutdown_err.html">tokio::runtime::is_rt_shutdown_err</a>
 */
public final class RuntimeShutdownException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * Makes the exception.
     *
     * @param message what failed
     */
    public RuntimeShutdownException(String message) {
        super(message);
    }
}
