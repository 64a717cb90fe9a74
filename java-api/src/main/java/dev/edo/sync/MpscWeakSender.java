package dev.edo.sync;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A sender that does not keep its channel open, made by {@link MpscSender#downgrade()} and
 * {@link UnboundedSender#downgrade()}. To send by it, make a real sender of it; that works as long
 * as another one is open.
 *
 * <pre>{@code
 * // An actor that sends to itself, and still ends when nobody else can reach it.
 * try (var self = weak.upgrade()) {
 *     if (self != null) {
 *         self.send(new Tick()).await();
 *     }
 * }
 * }</pre>
 *
 * @param <S> the type of sender that it makes
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/sync/mpsc/struct.WeakSender.html">tokio::sync::mpsc::WeakSender</a>
 */
public final class MpscWeakSender<S extends AutoCloseable> implements AutoCloseable {
    private static final VarHandle RELEASED;

    static {
        try {
            RELEASED = MethodHandles.lookup().findVarHandle(MpscWeakSender.class, "released", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final MpscChannel<?> channel;

    @SuppressWarnings("FieldMayBeFinal") // written through RELEASED
    private volatile boolean released;

    MpscWeakSender(MpscChannel<?> channel) {
        this.channel = channel;
        channel.retainWeak();
    }

    /**
     * Makes a sender.
     *
     * @return a sender of its own, to be closed, or null when all senders were closed
     * @throws IllegalStateException when this was closed
     */
    @SuppressWarnings("unchecked") // downgrade() chooses S to be the channel's type of sender
    public @Nullable S upgrade() {
        requireOpen();
        return channel.retainStrong() ? (S) channel.newSender() : null;
    }

    /**
     * Another weak sender for the same channel.
     *
     * @return one of its own
     * @throws IllegalStateException when this was closed
     */
    public MpscWeakSender<S> share() {
        requireOpen();
        return new MpscWeakSender<>(channel);
    }

    private void requireOpen() {
        if (released) {
            throw new IllegalStateException(
                    "this weak sender was closed; share() it before, once for each user");
        }
    }

    /** {@return how many senders, and permits that they gave out, are open} */
    public int strongCount() {
        return channel.strongCount();
    }

    /** {@return how many weak senders are open} */
    public int weakCount() {
        return channel.weakCount();
    }

    /** Counts this one out; the channel is not touched otherwise. Idempotent. */
    @Override
    public void close() {
        if (RELEASED.compareAndSet(this, false, true)) {
            channel.releaseWeak();
        }
    }

    @Override
    public String toString() {
        return "MpscWeakSender[" + (released ? "closed, " : "") + channel + "]";
    }
}
