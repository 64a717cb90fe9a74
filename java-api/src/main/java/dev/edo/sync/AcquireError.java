package dev.edo.sync;

/**
 * A {@link Semaphore} hands out no more permits, because it was closed.
 *
 * <pre>{@code
 * try (var permit = semaphore.acquire().await()) {
 *     serve(request);
 * } catch (AcquireError closed) {
 *     refuse(request);
 * }
 * }</pre>
 *
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/sync/struct.AcquireError.html">tokio::sync::AcquireError</a>
 */
public final class AcquireError extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * For a semaphore.
     *
     * @param requested how many permits were wanted
     */
    AcquireError(long requested) {
        super("semaphore closed while acquiring permits=" + requested
                + "; none will be handed out any more");
    }
}
