package dev.edo.sync;

import org.jspecify.annotations.Nullable;

/**
 * Waits for the capacity of one message, and sends it.
 *
 * @param <T> the type of the messages
 */
final class BoundedSend<T> extends CapacityFuture<T, @Nullable Void> {
    private final T message;

    BoundedSend(BoundedChannel<T> channel, T message) {
        super(channel, 1);
        this.message = message;
    }

    @Override
    @Nullable Void use() {
        channel.send(message);
        return null;
    }
}
