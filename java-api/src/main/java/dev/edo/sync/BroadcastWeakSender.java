package dev.edo.sync;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A sender that does not keep its channel open, made by {@link BroadcastSender#downgrade}. To send
 * by it, make a real sender of it; that works as long as another one is open.
 *
 * <pre>{@code
 * try (var sender = weak.upgrade()) {
 *     if (sender != null) {
 *         sender.send(new Event("tick"));
 *     }
 * }
 * }</pre>
 *
 * @param <T> the type of the messages
 * @see <a href="https://docs.rs/tokio/latest/tokio/sync/broadcast/struct.WeakSender.html">tokio::sync::broadcast::WeakSender</a>
 */
public final class BroadcastWeakSender<T extends @Nullable Object> implements AutoCloseable {
    private final BroadcastChannel<T> channel;
    private final AtomicBoolean released = new AtomicBoolean();

    BroadcastWeakSender(BroadcastChannel<T> channel) {
        this.channel = channel;
        channel.retainWeak();
    }

    /**
     * Makes a sender.
     *
     * @return a sender of its own, to be closed, or null when all senders were closed
     * @throws IllegalStateException when this was closed
     */
    public @Nullable BroadcastSender<T> upgrade() {
        requireOpen();
        return channel.retainStrong() ? new BroadcastSender<>(channel) : null;
    }

    /**
     * Makes another weak sender for the same channel.
     *
     * @return one of its own
     * @throws IllegalStateException when this was closed
     */
    public BroadcastWeakSender<T> share() {
        requireOpen();
        return new BroadcastWeakSender<>(channel);
    }

    /** {@return how many senders are not closed} */
    public int strongCount() {
        return channel.strongCount();
    }

    /** {@return how many weak senders are not closed} */
    public int weakCount() {
        return channel.weakCount();
    }

    /** Gives this weak sender up. Idempotent. */
    @Override
    public void close() {
        if (released.compareAndSet(false, true)) {
            channel.releaseWeak();
        }
    }

    private void requireOpen() {
        if (released.get()) {
            throw new IllegalStateException("this weak sender was closed; share() it before, once for each user");
        }
    }

    @Override
    public String toString() {
        return "BroadcastWeakSender[senders=" + strongCount() + "]";
    }
}
