package dev.edo.sync;

/**
 * Cancels a token when it is closed, unless it was disarmed before.
 *
 * <pre>{@code
 * var token = CancellationToken.create();
 * try (var guard = token.dropGuard()) {
 *     var helper = Edo.spawn(token.runUntilCancelled(help()));
 *     work(); // whatever it throws, the helper stops
 * }
 * }</pre>
 *
 * <p>Belongs to one task at a time.
 *
 * @see <a href="https://docs.rs/tokio-util/latest/tokio_util/sync/struct.DropGuard.html">tokio_util::sync::DropGuard</a>
 */
public final class DropGuard implements AutoCloseable {
    private final CancellationToken token;
    private boolean armed = true;

    DropGuard(CancellationToken token) {
        this.token = token;
    }

    /** {@return the token} */
    public CancellationToken token() {
        return token;
    }

    /**
     * Lets {@link #close} do nothing. Other guards of the same token stay armed.
     *
     * @return the token
     */
    public CancellationToken disarm() {
        armed = false;
        return token;
    }

    /** Cancels the token, if this is armed. Idempotent. */
    @Override
    public void close() {
        if (armed) {
            armed = false;
            token.cancel();
        }
    }
}
