package dev.edo.sync;

/**
 * A value was not sent, because a {@link Watch} channel has no receiver. The channel has the old
 * value.
 *
 * <pre>{@code
 * try {
 *     sender.send(state);
 * } catch (WatchSendError closed) {
 *     return; // nobody watches any more
 * }
 * }</pre>
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/sync/watch/error/struct.SendError.html">watch::error::SendError</a>
 */
public final class WatchSendError extends Exception {
    private static final long serialVersionUID = 1L;

    WatchSendError() {
        super("watch channel closed: receivers=0, so the value was not taken; use sendReplace() to"
                + " keep a value for receivers that subscribe later");
    }
}
