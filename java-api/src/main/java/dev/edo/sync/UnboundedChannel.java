package dev.edo.sync;

/**
 * A channel that takes what it is given: to close it, the receiver seals the list.
 *
 * <p>Origin: the unbounded half of Tokio's {@code sync/mpsc/{unbounded,chan}.rs}, whose counter of
 * messages the sealed bit of {@link ListTail} replaces.
 *
 * @param <T> the type of the messages
 */
final class UnboundedChannel<T> extends MpscChannel<T> {
    @Override
    void received() {}

    @Override
    boolean isDrained() {
        return false; // the end of the list says it
    }

    @Override
    void closeCapacity() {
        seal(true);
    }

    @Override
    boolean isReceiverClosed() {
        return isSealedByReceiver();
    }

    @Override
    boolean isReceiverClosing() {
        return isBeingSealedByReceiver();
    }

    @Override
    int capacity() {
        return Integer.MAX_VALUE;
    }

    @Override
    int maxCapacity() {
        return Integer.MAX_VALUE;
    }

    @Override
    UnboundedSender<T> newSender() {
        return new UnboundedSender<>(this);
    }
}
