package dev.edo.sync;

/**
 * A {@link WatchReceiver} waits in vain: all senders were closed, and it has seen the last value.
 *
 * <pre>{@code
 * try {
 *     while (true) {
 *         apply(receiver.borrowAndUpdate());
 *         receiver.changed().await();
 *     }
 * } catch (WatchRecvError closed) {
 *     // the last value has been applied
 * }
 * }</pre>
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/sync/watch/error/struct.RecvError.html">watch::error::RecvError</a>
 */
public final class WatchRecvError extends Exception {
    private static final long serialVersionUID = 1L;

    WatchRecvError() {
        super("watch channel closed: senders=0, so no other value will come;"
                + " the last one can still be borrowed");
    }
}
