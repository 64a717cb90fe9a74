package dev.edo.sync;

import dev.edo.future.CheckReturnValue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of a {@link Watch} channel. It remembers which value it saw last, so each task
 * has one of its own: a receiver belongs to one task or thread at a time.
 *
 * <pre>{@code
 * var ready = receiver.waitFor(state -> state == State.READY).await();
 * while (receiver.hasChanged()) {
 *     show(receiver.borrowAndUpdate());
 * }
 * }</pre>
 *
 * <p>In a loop around {@link #changed} take the value by {@link #borrowAndUpdate}: with
 * {@link #borrow}, a value that comes between the two is seen twice.
 *
 * <p><em>Blocking:</em> nothing here blocks, but for {@code await()}.
 *
 * <p><em>Errors:</em> a receiver that was closed refuses to wait, with
 * {@link IllegalStateException}.
 *
 * @param <T> the type of the value
 * @see <a href="https://docs.rs/tokio/latest/tokio/sync/watch/struct.Receiver.html">tokio::sync::watch::Receiver</a>
 */
public final class WatchReceiver<T extends @Nullable Object> implements AutoCloseable {
    private final WatchChannel<T> channel;
    private final AtomicBoolean released = new AtomicBoolean();
    private final int place;
    private long version;

    WatchReceiver(WatchChannel<T> channel, long version) {
        this.channel = channel;
        this.version = version;
        this.place = channel.addReceiver();
    }

    /** {@return the current value, which is not marked as seen; an immutable snapshot} */
    public T borrow() {
        return channel.snapshot().value;
    }

    /** {@return the current value, which from now on counts as seen; an immutable snapshot} */
    public T borrowAndUpdate() {
        var current = channel.snapshot();
        version = current.version();
        return current.value;
    }

    /**
     * Looks at the current value, which is not marked as seen. Unlike {@link #hasChanged()} this also
     * answers for the last value of a channel whose senders are closed.
     *
     * @return the value, and whether it was not seen before
     */
    public WatchRef<T> borrowRef() {
        var current = channel.snapshot();
        return new WatchRef<>(current.value, !hasSeen(current));
    }

    /**
     * Looks at the current value, which from now on counts as seen.
     *
     * @return the value, and whether it was not seen before
     */
    public WatchRef<T> borrowRefAndUpdate() {
        var current = channel.snapshot();
        return new WatchRef<>(current.value, see(current));
    }

    /**
     * Looks for a value that was not seen, without marking it as seen.
     *
     * @return whether there is one
     * @throws WatchRecvError when all senders are closed, whether the last value was seen or not
     */
    public boolean hasChanged() throws WatchRecvError {
        var current = channel.snapshot();
        if (current.isClosed()) {
            throw new WatchRecvError();
        }
        return current.version() != version;
    }

    /** Makes the current value count as not seen: {@link #changed} completes at once. */
    public void markChanged() {
        version = WatchSnapshot.before(version);
    }

    /** Makes the current value count as seen. */
    public void markUnchanged() {
        version = channel.snapshot().version();
    }

    /**
     * Waits for a value that was not seen, and marks it as seen. The first value of the channel,
     * and the one that was current when this receiver subscribed, count as seen.
     *
     * <p><em>Cancel safety:</em> nothing is lost: a value is marked as seen only when this
     * completes.
     *
     * <p><em>Errors:</em> fails with {@link WatchRecvError} when all senders are closed and the
     * last value was seen.
     *
     * @return completes when there is such a value; at once, if there is one already
     */
    @CheckReturnValue
    public WatchFuture<@Nullable Void> changed() {
        checkOpen();
        return new WatchChangedFuture(this);
    }

    /**
     * Waits for a value that fulfils a condition, the current one, seen or not, to begin with.
     *
     * <p><em>Cancel safety:</em> may be given up and begun again; each value that the condition was
     * tried on is marked as seen.
     *
     * <p><em>Errors:</em> fails with {@link WatchRecvError} when all senders are closed and the
     * last value does not fulfil it; with what the condition throws.
     *
     * @param condition runs in the polls of this future; must not block in stackless tasks
     * @return completes with the value
     */
    @CheckReturnValue
    public WatchFuture<T> waitFor(Predicate<? super T> condition) {
        checkOpen();
        return new WatchWaitForFuture<>(this, condition);
    }

    /**
     * Makes another receiver, which has seen what this one has.
     *
     * @return the receiver
     */
    public WatchReceiver<T> share() {
        checkOpen();
        return new WatchReceiver<>(channel, version);
    }

    /**
     * Asks whether two receivers belong to the same channel.
     *
     * @param other another receiver
     * @return whether it sees the same values
     */
    public boolean sameChannel(WatchReceiver<?> other) {
        return channel == other.channel;
    }

    /** Gives this receiver up; senders are told when it was the last one. Idempotent. */
    @Override
    public void close() {
        if (released.compareAndSet(false, true)) {
            channel.removeReceiver();
        }
    }

    WatchChannel<T> channel() {
        return channel;
    }

    WaiterGroup group() {
        return channel.receivers.of(place);
    }

    boolean hasSeen(WatchSnapshot<?> snapshot) {
        return version == snapshot.version();
    }

    /** Marks the value of a snapshot as seen; returns whether it was not. */
    boolean see(WatchSnapshot<?> snapshot) {
        boolean unseen = version != snapshot.version();
        version = snapshot.version();
        return unseen;
    }

    private void checkOpen() {
        if (released.get()) {
            throw new IllegalStateException("this watch receiver is closed; take another one by subscribe()");
        }
    }

    @Override
    public String toString() {
        return "WatchReceiver[version=" + (version >> 1) + "]";
    }
}
