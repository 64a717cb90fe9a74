package dev.edo.sync;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import dev.edo.future.Waker;

/** A oneshot channel whose results are numbers. */
final class StressedOneshot {
    static final int PENDING = -1;
    static final int DROPPED = -2;
    static final int CLOSED = -3;

    final OneshotSender<Integer> sender;
    final OneshotReceiver<Integer> receiver;

    StressedOneshot() {
        var channel = Oneshot.<Integer>channel();
        sender = channel.sender();
        receiver = channel.receiver();
    }

    /** The value, or why there is none. */
    int poll(Waker waker) {
        try {
            var poll = receiver.poll(Context.of(waker));
            return poll instanceof Poll.Ready<Integer>(var value) ? value : PENDING;
        } catch (OneshotRecvError e) {
            return e.getMessage().contains("sender was closed") ? DROPPED : CLOSED;
        }
    }
}
