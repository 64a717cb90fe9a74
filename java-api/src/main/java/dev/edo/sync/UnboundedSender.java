package dev.edo.sync;

import java.util.Objects;

/**
 * Sends into a channel without a limit, and so never waits. Made by {@link Mpsc#unbounded()}.
 *
 * <p>The channel holds whatever the receiver has not taken yet; where senders can be faster than
 * the receiver for long, use {@link Mpsc#bounded(int)}.
 *
 * <p>A sender may be used by any number of threads and tasks. Each one that is to say on its own
 * when it is through gets a sender of its own by {@link #share()}: the receiver learns of the end
 * when all were closed.
 *
 * <pre>{@code
 * var channel = Mpsc.<String>unbounded();
 * for (var file : files) {
 *     var sender = channel.sender().share();
 *     Edo.spawn(() -> {
 *         try (sender) {
 *             search(file, sender::send);
 *         }
 *     });
 * }
 * channel.sender().close();
 * for (String hit; (hit = channel.receiver().recv().await()) != null; ) {
 *     print(hit);
 * }
 * }</pre>
 *
 * @param <T> the type of the messages
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/sync/mpsc/struct.UnboundedSender.html">mpsc::UnboundedSender</a>
 */
public final class UnboundedSender<T> extends SenderHandle<T> {
    private final UnboundedChannel<T> channel;

    /** The strong count is this one's. */
    UnboundedSender(UnboundedChannel<T> channel) {
        super(channel);
        this.channel = channel;
    }

    /**
     * Sends. Never waits.
     *
     * <p><em>Ordering:</em> the receiver sees what the sender did before; messages of one thread
     * arrive in its order.
     *
     * @param message what
     * @throws MpscSendError when the receiver was closed
     * @throws IllegalStateException when this sender was closed
     */
    public void send(T message) throws MpscSendError {
        Objects.requireNonNull(message, "message");
        requireOpen();
        if (!channel.push(message)) {
            throw refused();
        }
    }

    private MpscSendError refused() {
        if (channel.isReceiverClosed()) {
            return MpscSendError.receiverClosed();
        }
        throw closedBefore();
    }

    /**
     * Another sender for the same channel, for somebody who closes it on its own.
     *
     * @return a sender of its own, to be closed
     * @throws IllegalStateException when this sender was closed
     */
    public UnboundedSender<T> share() {
        retain();
        return new UnboundedSender<>(channel);
    }

    /**
     * A sender that does not keep the channel open. This one stays as it is.
     *
     * @return the weak sender, to be closed if the counts matter
     * @throws IllegalStateException when this sender was closed
     */
    public MpscWeakSender<UnboundedSender<T>> downgrade() {
        requireOpen();
        return new MpscWeakSender<>(channel);
    }

    /**
     * Tells whether two senders feed the same receiver.
     *
     * @param other another sender
     * @return whether they do
     */
    public boolean sameChannel(UnboundedSender<?> other) {
        return channel == other.channel;
    }
}
