package dev.edo.sync;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.InfallibleFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The sending end of a {@link Broadcast} channel. May be shared by threads; whoever wants to close
 * it independently of others takes a sender by {@link #share}. When all are closed, receivers get
 * what is left and then {@link BroadcastRecv.Closed}.
 *
 * <pre>{@code
 * try (var sender = Broadcast.<Event>sender(64)) {
 *     var receiver = sender.subscribe();
 *     int reached = sender.send(new Event("started"));
 * }
 * }</pre>
 *
 * <p><em>Blocking:</em> sending never waits for receivers.
 *
 * <p><em>Ordering:</em> messages have one order, the same for all receivers. Who receives a message
 * sees what its sender did before.
 *
 * <p><em>Errors:</em> a sender that was closed refuses to be used, with
 * {@link IllegalStateException}. Close it when nobody sends by it any more.
 *
 * @param <T> the type of the messages
 * @see <a href="https://docs.rs/tokio/latest/tokio/sync/broadcast/struct.Sender.html">tokio::sync::broadcast::Sender</a>
 */
public final class BroadcastSender<T extends @Nullable Object> implements AutoCloseable {
    private final BroadcastChannel<T> channel;
    private final AtomicBoolean released = new AtomicBoolean();

    /** Takes over one strong count. */
    BroadcastSender(BroadcastChannel<T> channel) {
        this.channel = channel;
    }

    /**
     * Sends a message to all receivers that there are. That they exist does not mean that they will
     * receive it: they may lag, or be closed before.
     *
     * @param message what
     * @return how many receivers there are, at least 1
     * @throws BroadcastSendError when there is none; a later message may have more luck
     */
    public int send(T message) throws BroadcastSendError {
        int count = open().send(message);
        if (count == 0) {
            throw new BroadcastSendError();
        }
        return count;
    }

    /**
     * Makes a receiver, also where there was none left. It gets what is sent from now on.
     *
     * @return the receiver
     */
    public BroadcastReceiver<T> subscribe() {
        return new BroadcastReceiver<>(open());
    }

    /**
     * Waits until there is no receiver.
     *
     * <p><em>Cancel safety:</em> nothing is lost.
     *
     * @return completes when the last receiver is closed; at once, if there is none
     */
    @CheckReturnValue
    public InfallibleFuture<@Nullable Void> closed() {
        return new ReceiversClosed(open());
    }

    /** {@return how many messages there are that some receiver has yet to get} */
    public int len() {
        return channel.len();
    }

    /** {@return whether every receiver has got every message that is still kept} */
    public boolean isEmpty() {
        return channel.len() == 0;
    }

    /** {@return how many receivers there are} */
    public int receiverCount() {
        return channel.receiverCount();
    }

    /** {@return how many senders are not closed} */
    public int strongCount() {
        return channel.strongCount();
    }

    /** {@return how many weak senders are not closed} */
    public int weakCount() {
        return channel.weakCount();
    }

    /**
     * Makes another sender, which is closed by itself.
     *
     * @return the sender
     */
    public BroadcastSender<T> share() {
        if (!open().retainStrong()) {
            throw closedBefore();
        }
        return new BroadcastSender<>(channel);
    }

    /**
     * Makes a weak sender: one that does not keep the channel open.
     *
     * @return the weak sender; this one stays as it is
     */
    public BroadcastWeakSender<T> downgrade() {
        return new BroadcastWeakSender<>(open());
    }

    /**
     * Asks whether two senders belong to the same channel.
     *
     * @param other another sender
     * @return whether it sends to the same receivers
     */
    public boolean sameChannel(BroadcastSender<?> other) {
        return channel == other.channel;
    }

    /** Gives this sender up; the last one closes the channel for its receivers. Idempotent. */
    @Override
    public void close() {
        if (released.compareAndSet(false, true)) {
            channel.releaseStrong();
        }
    }

    private BroadcastChannel<T> open() {
        if (released.get()) {
            throw closedBefore();
        }
        return channel;
    }

    static IllegalStateException closedBefore() {
        return new IllegalStateException("this sender was closed; share() it before, once for each user, and let each"
                + " close its own");
    }

    @Override
    public String toString() {
        return "BroadcastSender[capacity=" + channel.capacity() + ", receivers=" + receiverCount() + "]";
    }
}
