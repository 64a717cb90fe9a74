package dev.edo.sync;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Context;
import dev.edo.future.InfallibleFuture;
import dev.edo.future.Poll;
import org.jspecify.annotations.Nullable;

/**
 * Sends the one value of a oneshot channel. Made by {@link Oneshot#channel()}.
 *
 * <p>Who may end without a value closes the sender, so that the receiver need not wait for ever;
 * after {@link #send} that does nothing, so that a resource block around the computation is always
 * right:
 *
 * <pre>{@code
 * try (var reply = request.reply()) {
 *     reply.send(compute(request)); // if compute throws, the receiver learns that nothing will come
 * }
 * }</pre>
 *
 * <p>Any thread may send; the first one wins.
 *
 * @param <T> the type of the value
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/sync/oneshot/struct.Sender.html">tokio::sync::oneshot::Sender</a>
 */
public final class OneshotSender<T extends @Nullable Object> implements AutoCloseable {
    private final OneshotReceiver<T> channel;

    OneshotSender(OneshotReceiver<T> channel) {
        this.channel = channel;
    }

    /**
     * Sends the value. Never waits.
     *
     * <p><em>Ordering:</em> the receiver sees what the sender did before.
     *
     * @param value what
     * @return whether the channel took it; false when the receiver was closed. It may still be
     *     closed later, without having looked.
     * @throws IllegalStateException when this has sent or was closed before
     */
    public boolean send(T value) {
        return channel.complete(value);
    }

    /**
     * Waits until nobody wants the value any more, so that its computation can stop.
     *
     * <pre>{@code
     * var result = Select.of(compute(), reply.closed()).await();
     * }</pre>
     *
     * <p><em>Cancel safety:</em> nothing is lost. One wait at a time: a second one replaces it.
     *
     * @return completes when the receiver is closed; also when this has sent or was closed, for then
     *     there is nothing left to compute
     */
    @CheckReturnValue
    public InfallibleFuture<@Nullable Void> closed() {
        return new OneshotClosed(channel);
    }

    /**
     * Asks whether the receiver is closed, and registers to be woken when it is. The last context
     * that asked is woken.
     *
     * @param cx whom to wake, and the budget
     * @return ready when the receiver is closed, or this has sent or was closed
     */
    public Poll<@Nullable Void> pollClosed(Context cx) {
        return channel.pollClosed(cx);
    }

    /** {@return whether the receiver was closed, or has received} */
    public boolean isClosed() {
        return channel.isReceiverClosed();
    }

    /** Gives up without a value: the receiver fails. Does nothing after {@link #send}. Idempotent. */
    @Override
    public void close() {
        channel.closeSender();
    }

    @Override
    public String toString() {
        return "OneshotSender[" + channel.describe() + "]";
    }
}
