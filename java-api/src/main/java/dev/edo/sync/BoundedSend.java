package dev.edo.sync;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the capacity of one message, and sends it.
 *
 * @param <T> the type of the messages
 */
final class BoundedSend<T> extends CapacityFuture<T, @Nullable Void> {
    /** Null once it was sent or given up. */
    private @Nullable T message;

    BoundedSend(BoundedChannel<T> channel, T message) {
        super(channel, 1);
        this.message = message;
    }

    @Override
    @Nullable Void use() {
        var sent = Objects.requireNonNull(message);
        message = null;
        channel.send(sent);
        return null;
    }

    @Override
    void letGo() {
        message = null;
    }
}
