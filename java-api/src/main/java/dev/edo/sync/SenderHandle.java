package dev.edo.sync;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.InfallibleFuture;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What every sender has: one strong count of its channel, until it is closed.
 *
 * @param <T> the type of the messages
 */
abstract class SenderHandle<T> implements AutoCloseable {
    private static final VarHandle RELEASED;

    static {
        try {
            RELEASED = MethodHandles.lookup().findVarHandle(SenderHandle.class, "released", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final MpscChannel<T> channel;

    @SuppressWarnings("FieldMayBeFinal") // written through RELEASED
    private volatile boolean released;

    SenderHandle(MpscChannel<T> channel) {
        this.channel = channel;
    }

    final void requireOpen() {
        if (released) {
            throw closedBefore();
        }
    }

    static IllegalStateException closedBefore() {
        return new IllegalStateException(
                "this sender was closed; share() it before, once for each user, and let each close its own");
    }

    /** Takes a strong count for another handle or a weak one's upgrade. */
    final void retain() {
        requireOpen();
        if (!channel.retainStrong()) {
            throw closedBefore();
        }
    }

    /**
     * Waits until nobody will receive any more.
     *
     * <p><em>Cancel safety:</em> nothing is lost.
     *
     * @return completes when the receiver is closed
     */
    @CheckReturnValue
    public InfallibleFuture<@Nullable Void> closed() {
        return new MpscClosed(channel);
    }

    /** {@return whether the receiver was closed, so that nothing can be sent any more} */
    public boolean isClosed() {
        return channel.isReceiverClosed();
    }

    /** {@return how many senders, and permits that they gave out, are open} */
    public int strongCount() {
        return channel.strongCount();
    }

    /** {@return how many weak senders are open} */
    public int weakCount() {
        return channel.weakCount();
    }

    /**
     * Says that this sender has sent its last message. When all senders of the channel are closed,
     * the receiver gets what was sent, and then learns of the end. Idempotent; never waits.
     */
    @Override
    public void close() {
        if (RELEASED.compareAndSet(this, false, true)) {
            channel.releaseStrong();
        }
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + (released ? "closed, " : "") + channel + "]";
    }
}
