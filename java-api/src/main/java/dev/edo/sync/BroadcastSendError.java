package dev.edo.sync;

/**
 * A message was not sent, because a {@link Broadcast} channel has no receiver now.
 *
 * <pre>{@code
 * try {
 *     sender.send(event);
 * } catch (BroadcastSendError alone) {
 *     dropped.increment(); // somebody may subscribe later
 * }
 * }</pre>
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/sync/broadcast/error/struct.SendError.html">broadcast::error::SendError</a>
 */
public final class BroadcastSendError extends Exception {
    private static final long serialVersionUID = 1L;

    BroadcastSendError() {
        super("broadcast channel closed: receivers=0, so nobody would get the message;"
                + " subscribe() opens it again");
    }
}
