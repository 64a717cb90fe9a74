package dev.edo.sync;

/**
 * A message was not sent, because nobody will receive it: the channel's receiver was closed. The
 * message is still the sender's.
 *
 * <pre>{@code
 * try {
 *     sender.send(job).await();
 * } catch (MpscSendError closed) {
 *     return; // nobody works on jobs any more
 * }
 * }</pre>
 *
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/sync/mpsc/error/struct.SendError.html">mpsc::error::SendError</a>
 */
public final class MpscSendError extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * For channels.
     *
     * @param message what was closed, and what that means for the caller
     */
    MpscSendError(String message) {
        super(message);
    }

    /** Of an mpsc channel. */
    static MpscSendError receiverClosed() {
        return new MpscSendError(
                "channel closed: its receiver was closed and takes no more messages; stop sending");
    }
}
