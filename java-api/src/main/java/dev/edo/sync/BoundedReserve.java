package dev.edo.sync;

/**
 * Waits for the capacity of some messages.
 *
 * @param <T> the type of the messages
 */
final class BoundedReserve<T> extends CapacityFuture<T, MpscPermit<T>> {
    private final int messages;

    BoundedReserve(BoundedChannel<T> channel, int messages) {
        super(channel, messages);
        this.messages = messages;
    }

    @Override
    MpscPermit<T> use() {
        return MpscPermit.of(channel, messages);
    }
}
