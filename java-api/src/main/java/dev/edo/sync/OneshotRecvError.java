package dev.edo.sync;

/**
 * There is no value, and there will never be one: the sender was closed without sending, or the
 * receiver was closed before.
 *
 * <pre>{@code
 * try {
 *     return reply.await();
 * } catch (OneshotRecvError gone) {
 *     return retryElsewhere(); // the server dropped the request
 * }
 * }</pre>
 *
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/sync/oneshot/error/struct.RecvError.html">oneshot::error::RecvError</a>
 */
public final class OneshotRecvError extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * For channels.
     *
     * @param message what was closed
     */
    OneshotRecvError(String message) {
        super(message);
    }
}
