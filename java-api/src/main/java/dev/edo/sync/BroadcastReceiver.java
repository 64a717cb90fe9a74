package dev.edo.sync;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.InfallibleFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of a {@link Broadcast} channel. It remembers which message it gets next, so
 * each task has one of its own: a receiver belongs to one task or thread at a time. Close it when
 * it is not needed any more; as long as it is not, messages are kept for it until they are
 * overwritten, and senders believe that somebody listens.
 *
 * <pre>{@code
 * switch (receiver.recv().await()) {
 *     case BroadcastRecv.Received<Event>(var event) -> show(event);
 *     case BroadcastRecv.Lagged<Event>(long skipped) -> reload(skipped);
 *     case BroadcastRecv.Closed<Event> _ -> finish();
 * }
 * }</pre>
 *
 * <p><em>Errors:</em> a receiver that was closed refuses to be used, with
 * {@link IllegalStateException}.
 *
 * @param <T> the type of the messages
 * @see <a href="https://docs.rs/tokio/latest/tokio/sync/broadcast/struct.Receiver.html">tokio::sync::broadcast::Receiver</a>
 */
public final class BroadcastReceiver<T extends @Nullable Object> implements AutoCloseable {
    private final BroadcastChannel<T> channel;
    private final AtomicBoolean released = new AtomicBoolean();
    private final int place;
    private long next;

    BroadcastReceiver(BroadcastChannel<T> channel) {
        this.channel = channel;
        this.place = channel.newPlace();
        this.next = channel.addReceiver();
    }

    /**
     * Waits for the next message.
     *
     * <p><em>Cancel safety:</em> nothing is lost: this receiver goes on to the next message only
     * when this completes.
     *
     * @return completes with the message, or with how many were missed, or with the end of the
     *     channel
     * @throws IllegalStateException when this was closed
     */
    @CheckReturnValue
    public InfallibleFuture<BroadcastRecv<T>> recv() {
        requireOpen();
        return new BroadcastRecvFuture<>(this);
    }

    /**
     * Takes the next message if there is one.
     *
     * @return the message, or how many were missed, or that there is none now, or ever
     * @throws IllegalStateException when this was closed
     */
    @SuppressWarnings("unchecked") // it holds no message
    public BroadcastTryRecv<T> tryRecv() {
        var received = takeNext();
        return received == null ? (BroadcastTryRecv<T>) BroadcastTryRecv.Empty.INSTANCE : received;
    }

    /** As {@link #tryRecv}; null stands for nothing. */
    @Nullable BroadcastRecv<T> takeNext() {
        requireOpen();
        boolean closed = channel.strongCount() == 0; // before looking: nothing is sent after that
        var message = channel.at(next);
        if (message == null || message.position < next) {
            return closed ? new BroadcastRecv.Closed<>() : null;
        }
        if (message.position == next) {
            next++;
            return new BroadcastRecv.Received<>(message.take());
        }
        long oldest = channel.tail() - channel.capacity();
        long skipped = oldest - next;
        next = oldest;
        return new BroadcastRecv.Lagged<>(skipped);
    }

    /**
     * Waits for the next message: {@code recv().await()} under the name that says what it does to a
     * platform thread.
     *
     * <p><em>Blocking:</em> parks the thread. A task in direct style is parked without its worker.
     *
     * @return the message, or how many were missed, or the end of the channel
     * @throws IllegalStateException when this was closed; inside a stackless task, whose worker
     *     must not be blocked
     * @throws java.util.concurrent.CancellationException when interrupted
     */
    public BroadcastRecv<T> blockingRecv() {
        return recv().await();
    }

    /**
     * Makes another receiver. Unlike this one it gets only what is sent from now on.
     *
     * @return the receiver
     * @throws IllegalStateException when this was closed
     */
    public BroadcastReceiver<T> resubscribe() {
        requireOpen();
        return new BroadcastReceiver<>(channel);
    }

    /**
     * {@return how many messages were sent that this receiver did not get, those included that it has
     * missed}
     */
    public long len() {
        return channel.tail() - next;
    }

    /** {@return whether there is nothing to get now} */
    public boolean isEmpty() {
        return len() == 0;
    }

    /** {@return whether all senders were closed; there may still be messages} */
    public boolean isClosed() {
        return channel.strongCount() == 0;
    }

    /** {@return how many senders are not closed} */
    public int senderStrongCount() {
        return channel.strongCount();
    }

    /** {@return how many weak senders are not closed} */
    public int senderWeakCount() {
        return channel.weakCount();
    }

    /**
     * Asks whether two receivers belong to the same channel.
     *
     * @param other another receiver
     * @return whether it gets the same messages
     */
    public boolean sameChannel(BroadcastReceiver<?> other) {
        return channel == other.channel;
    }

    /** Gives this receiver up; messages are not kept for it any more. Idempotent. */
    @Override
    public void close() {
        if (released.compareAndSet(false, true)) {
            channel.removeReceiver(next);
        }
    }

    WaiterGroup group() {
        return channel.receivers.of(place);
    }

    BroadcastChannel<T> channel() {
        return channel;
    }

    private void requireOpen() {
        if (released.get()) {
            throw new IllegalStateException("this receiver was closed; take another one by subscribe()");
        }
    }

    @Override
    public String toString() {
        return "BroadcastReceiver[len=" + len() + "]";
    }
}
