package dev.edo.sync;

import dev.edo.future.Context;
import dev.edo.future.InfallibleFuture;
import dev.edo.future.Poll;
import dev.edo.internal.SpentFuture;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a receiver's next message.
 *
 * @param <T> the type of the messages
 */
final class BroadcastRecvFuture<T extends @Nullable Object> extends GroupWait
        implements InfallibleFuture<BroadcastRecv<T>> {
    private final BroadcastReceiver<T> receiver;
    private boolean ended;

    BroadcastRecvFuture(BroadcastReceiver<T> receiver) {
        this.receiver = receiver;
    }

    @Override
    public Poll<BroadcastRecv<T>> poll(Context cx) {
        if (ended) {
            throw SpentFuture.polledAgain();
        }
        if (!cx.pollProceed()) {
            return Poll.pending();
        }
        do {
            var received = takeNext();
            if (received != null) {
                cx.madeProgress();
                cancel();
                return Poll.ready(received);
            }
        } while (waitIn(receiver.group(), cx.waker()));
        return Poll.pending();
    }

    private @Nullable BroadcastRecv<T> takeNext() {
        try {
            return receiver.takeNext();
        } catch (IllegalStateException closed) {
            cancel();
            throw closed;
        }
    }

    @Override
    public void cancel() {
        ended = true;
        leave();
    }
}
