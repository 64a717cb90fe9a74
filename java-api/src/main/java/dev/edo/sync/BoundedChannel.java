package dev.edo.sync;

/**
 * A channel whose messages each hold a permit, from before they are sent until they are received.
 *
 * <p>Origin: the bounded half of Tokio's {@code sync/mpsc/{bounded,chan}.rs}.
 *
 * @param <T> the type of the messages
 */
final class BoundedChannel<T> extends MpscChannel<T> {
    private final ChannelPermits permits;
    private final int maxCapacity;

    BoundedChannel(int maxCapacity) {
        this.maxCapacity = maxCapacity;
        permits = new ChannelPermits(maxCapacity, tail());
    }

    BatchSemaphore permits() {
        return permits;
    }

    /** Gives back capacity that no message has used. */
    void releaseUnused(int messages) {
        try {
            permits.release(messages);
        } finally { // also where the waker of somebody who waited throws
            wakeReceiverIfOver();
        }
    }

    @Override
    void received() {
        permits.received();
    }

    @Override
    boolean isDrained() {
        return permits.isClosedAndBack(maxCapacity);
    }

    @Override
    void closeCapacity() {
        permits.close();
    }

    @Override
    boolean isReceiverClosed() {
        return permits.isClosed();
    }

    @Override
    boolean isReceiverClosing() {
        return permits.isClosed();
    }

    @Override
    int capacity() {
        return (int) permits.availablePermits();
    }

    @Override
    int maxCapacity() {
        return maxCapacity;
    }

    @Override
    MpscSender<T> newSender() {
        return new MpscSender<>(this);
    }

    /** Sends a message whose permit is the caller's, and is no longer afterwards. */
    void send(T message) {
        if (!push(message)) {
            permits.release(1);
            throw new IllegalStateException("all senders of the channel were closed before the message was"
                    + " sent; close a sender after its last send");
        }
    }
}
