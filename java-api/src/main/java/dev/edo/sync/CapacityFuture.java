package dev.edo.sync;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import org.jspecify.annotations.Nullable;

/**
 * A place in the queue for a bounded channel's capacity.
 *
 * @param <T> the type of the messages
 * @param <R> what comes of the capacity
 */
abstract class CapacityFuture<T, R extends @Nullable Object> extends Acquire implements MpscSendFuture<R> {
    final BoundedChannel<T> channel;

    CapacityFuture(BoundedChannel<T> channel, int messages) {
        super(channel.permits(), messages);
        this.channel = channel;
    }

    /** Makes something of the capacity, which is the callee's. */
    abstract R use();

    /** There will be no capacity: drops what was to be done with it. */
    void letGo() {}

    @Override
    public final Poll<R> poll(Context cx) throws MpscSendError {
        var taken = pollAcquire(cx);
        if (taken == Acquisition.CLOSED) {
            letGo();
            throw MpscSendError.receiverClosed();
        }
        return taken == Acquisition.ACQUIRED ? Poll.ready(use()) : Poll.pending();
    }

    @Override
    public final void cancel() {
        letGo();
        try {
            cancelAcquire();
        } finally { // also where the waker of somebody else who waited throws
            channel.wakeReceiverIfOver(); // the permits may have been the last ones out
        }
    }
}
