package dev.edo.sync;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Future;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sends into a channel of limited capacity: where that is used up, senders wait in turn until the
 * receiver has taken something. Made by {@link Mpsc#bounded(int)}.
 *
 * <p>A sender may be used by any number of threads and tasks. Each one that is to say on its own
 * when it is through gets a sender of its own by {@link #share()}: the receiver learns of the end
 * when all were closed. A sender that is forgotten instead of being closed keeps the receiver
 * waiting.
 *
 * <pre>{@code
 * var channel = Mpsc.<Row>bounded(100);
 * for (var shard : shards) {
 *     var sender = channel.sender().share();
 *     Edo.spawn(() -> {
 *         try (sender) {
 *             for (var row : shard) {
 *                 sender.send(row).await();
 *             }
 *         }
 *     });
 * }
 * channel.sender().close(); // the shards' senders are left
 * for (Row row; (row = channel.receiver().recv().await()) != null; ) {
 *     merge(row);
 * }
 * }</pre>
 *
 * @param <T> the type of the messages
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/sync/mpsc/struct.Sender.html">tokio::sync::mpsc::Sender</a>
 */
public final class MpscSender<T> extends SenderHandle<T> {
    private final BoundedChannel<T> channel;

    /** The strong count is this one's. */
    MpscSender(BoundedChannel<T> channel) {
        super(channel);
        this.channel = channel;
    }

    /**
     * Sends, when there is room.
     *
     * <p><em>Cancel safety:</em> a cancelled send has sent nothing, and loses its place in the
     * queue.
     *
     * <p><em>Ordering:</em> the receiver sees what the sender did before. Whoever waits first sends
     * first.
     *
     * @param message what
     * @return completes when the message is in the channel; fails with {@link MpscSendError} when
     *     the receiver was closed
     * @throws IllegalStateException when this sender was closed
     */
    @CheckReturnValue
    public MpscSendFuture<@Nullable Void> send(T message) {
        Objects.requireNonNull(message, "message");
        requireOpen();
        return new BoundedSend<>(channel, message);
    }

    /**
     * Sends, if there is room in time.
     *
     * <p><em>Cancel safety:</em> as of {@link #send}.
     *
     * @param message what
     * @param limit the longest wait, from this call on
     * @return completes when the message is in the channel; fails with {@link MpscSendError} when
     *     the receiver was closed, and with {@link dev.edo.time.Elapsed} when the time is over
     * @throws IllegalStateException when this sender was closed; outside a runtime, or when its
     *     time is not enabled
     */
    @CheckReturnValue
    public Future<@Nullable Void> sendTimeout(T message, Duration limit) {
        return send(message).timeout(limit);
    }

    /**
     * Sends, if there is room now.
     *
     * @param message what
     * @return false when the channel is full
     * @throws MpscSendError when the receiver was closed
     * @throws IllegalStateException when this sender was closed
     */
    public boolean trySend(T message) throws MpscSendError {
        Objects.requireNonNull(message, "message");
        if (!tryTake(1)) {
            return false;
        }
        channel.send(message);
        return true;
    }

    /**
     * Sends, when there is room: {@code send(message).await()} under the name that says what it
     * does to a platform thread.
     *
     * <p><em>Blocking:</em> parks the thread. A task in direct style is parked without its worker.
     *
     * @param message what
     * @throws MpscSendError when the receiver was closed
     * @throws IllegalStateException when this sender was closed; inside a stackless task, whose
     *     worker must not be blocked
     * @throws java.util.concurrent.CancellationException when interrupted
     */
    public void blockingSend(T message) throws MpscSendError {
        send(message).await();
    }

    /**
     * Waits for room, to be used later.
     *
     * <p><em>Cancel safety:</em> a cancelled reservation holds nothing, and loses its place in the
     * queue.
     *
     * @return the future of a permit for one message, to be used up or closed; fails with
     *     {@link MpscSendError} when the receiver was closed
     * @throws IllegalStateException when this sender was closed
     */
    @CheckReturnValue
    public MpscSendFuture<MpscPermit<T>> reserve() {
        return reserveMany(1);
    }

    /**
     * Waits for room for several messages at once.
     *
     * <p><em>Cancel safety:</em> as of {@link #reserve()}.
     *
     * @param messages how many, 0 to {@link #maxCapacity()}
     * @return the future of one permit for all of them, to be used up or closed; fails with
     *     {@link MpscSendError} when the receiver was closed
     * @throws IllegalArgumentException when it is more than the channel can ever hold, or negative
     * @throws IllegalStateException when this sender was closed
     */
    @CheckReturnValue
    public MpscSendFuture<MpscPermit<T>> reserveMany(int messages) {
        requirePossible(messages);
        requireOpen();
        return new BoundedReserve<>(channel, messages);
    }

    /**
     * Reserves room for one message, if there is some now.
     *
     * @return the permit, to be used up or closed, or null when the channel is full
     * @throws MpscSendError when the receiver was closed
     * @throws IllegalStateException when this sender was closed
     */
    public @Nullable MpscPermit<T> tryReserve() throws MpscSendError {
        return tryReserveMany(1);
    }

    /**
     * Reserves room for several messages at once, if there is enough now.
     *
     * @param messages how many, 0 to {@link #maxCapacity()}
     * @return one permit for all of them, to be used up or closed, or null when there is less room
     * @throws MpscSendError when the receiver was closed
     * @throws IllegalArgumentException when it is more than the channel can ever hold, or negative
     * @throws IllegalStateException when this sender was closed
     */
    public @Nullable MpscPermit<T> tryReserveMany(int messages) throws MpscSendError {
        requirePossible(messages);
        return tryTake(messages) ? MpscPermit.of(channel, messages) : null;
    }

    BoundedChannel<T> channel() {
        return channel;
    }

    private boolean tryTake(int messages) throws MpscSendError {
        requireOpen();
        var taken = channel.permits().tryAcquire(messages);
        if (taken == Acquisition.CLOSED) {
            throw MpscSendError.receiverClosed();
        }
        return taken == Acquisition.ACQUIRED;
    }

    private void requirePossible(int messages) {
        if (messages < 0 || messages > channel.maxCapacity()) {
            throw new IllegalArgumentException("messages=" + messages
                    + " is out of range; reserve 0 to maxCapacity=" + channel.maxCapacity());
        }
    }

    /** {@return for how many messages there is room now} */
    public int capacity() {
        return channel.capacity();
    }

    /** {@return for how many messages there is room in the empty channel} */
    public int maxCapacity() {
        return channel.maxCapacity();
    }

    /**
     * Another sender for the same channel, for somebody who closes it on its own.
     *
     * @return a sender of its own, to be closed
     * @throws IllegalStateException when this sender was closed
     */
    public MpscSender<T> share() {
        retain();
        return new MpscSender<>(channel);
    }

    /**
     * A sender that does not keep the channel open. This one stays as it is.
     *
     * @return the weak sender, to be closed if the counts matter
     * @throws IllegalStateException when this sender was closed
     */
    public MpscWeakSender<MpscSender<T>> downgrade() {
        requireOpen();
        return new MpscWeakSender<>(channel);
    }

    /**
     * Tells whether two senders feed the same receiver.
     *
     * @param other another sender
     * @return whether they do
     */
    public boolean sameChannel(MpscSender<?> other) {
        return channel == other.channel;
    }
}
