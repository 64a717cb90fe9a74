package dev.edo.sync;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.InfallibleFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The sending end of a {@link Watch} channel. May be shared by threads; whoever wants to close it
 * independently of others takes a sender by {@link #share}. When all are closed, the channel is
 * closed for its receivers.
 *
 * <pre>{@code
 * var progress = Watch.sender(0);
 * var bar = progress.subscribe();
 * progress.sendModify(percent -> percent + 10);
 * int percent = bar.borrow();
 * }</pre>
 *
 * <p><em>Blocking:</em> sending never blocks, however slow receivers are.
 *
 * <p><em>Ordering:</em> values have one order, the same for all. Who sees a value sees what its
 * sender did before.
 *
 * <p><em>Errors:</em> a sender that was closed refuses to be used, with
 * {@link IllegalStateException}.
 *
 * @param <T> the type of the value
 * @see <a href="https://docs.rs/tokio/latest/tokio/sync/watch/struct.Sender.html">tokio::sync::watch::Sender</a>
 */
public final class WatchSender<T extends @Nullable Object> implements AutoCloseable {
    private final WatchChannel<T> channel;
    private final AtomicBoolean released = new AtomicBoolean();

    /** Takes over one sender's count. */
    WatchSender(WatchChannel<T> channel) {
        this.channel = channel;
    }

    /**
     * Replaces the value, if there is a receiver to see it.
     *
     * @param value the new one
     * @throws WatchSendError when there is no receiver: the value is still the old one
     */
    public void send(T value) throws WatchSendError {
        var open = open();
        if (open.receiverCount() == 0) {
            throw new WatchSendError();
        }
        open.replace(value);
    }

    /**
     * Replaces the value, also where there is no receiver.
     *
     * @param value the new one
     * @return the old one
     */
    public T sendReplace(T value) {
        return open().replace(value);
    }

    /**
     * Replaces the value by one made from it, also where there is no receiver; always counts as a
     * change.
     *
     * @param function makes the new value from the old one, which it must leave as it is; has no
     *     other effects, because it is called again where another sender was faster. What it throws
     *     is thrown here, and nothing has changed
     */
    public void sendModify(UnaryOperator<T> function) {
        open().update(function, true);
    }

    /**
     * Replaces the value by one made from it, unless that is the very same object.
     *
     * @param function makes the new value from the old one, or returns the old one (by reference)
     *     where nothing has changed; otherwise as for {@link #sendModify}
     * @return whether there is a new value
     */
    public boolean sendIfModified(UnaryOperator<T> function) {
        return open().update(function, false) != null;
    }

    /** {@return the current value} */
    public T borrow() {
        return channel.snapshot().value;
    }

    /**
     * Makes a receiver, also where there was none left. It counts the current value as seen.
     *
     * @return the receiver
     */
    public WatchReceiver<T> subscribe() {
        var open = open();
        return new WatchReceiver<>(open, open.snapshot().version());
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

    /** {@return whether there is no receiver; {@link #subscribe} changes that} */
    public boolean isClosed() {
        return channel.receiverCount() == 0;
    }

    /** {@return how many receivers there are} */
    public int receiverCount() {
        return channel.receiverCount();
    }

    /** {@return how many senders are not closed} */
    public int senderCount() {
        return channel.senderCount();
    }

    /**
     * Makes another sender, which is closed by itself.
     *
     * @return the sender
     */
    public WatchSender<T> share() {
        if (!open().retainSender()) {
            throw closedBefore();
        }
        return new WatchSender<>(channel);
    }

    /**
     * Asks whether two senders belong to the same channel.
     *
     * @param other another sender
     * @return whether it sends to the same receivers
     */
    public boolean sameChannel(WatchSender<?> other) {
        return channel == other.channel;
    }

    /** Gives this sender up; the last one closes the channel for its receivers. Idempotent. */
    @Override
    public void close() {
        if (released.compareAndSet(false, true)) {
            channel.removeSender();
        }
    }

    private WatchChannel<T> open() {
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
        return "WatchSender[receivers=" + receiverCount() + "]";
    }
}
