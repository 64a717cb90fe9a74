package dev.edo.sync;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import dev.edo.internal.SpentFuture;
import org.jspecify.annotations.Nullable;

/** Waits for a value that its receiver has not seen. */
final class WatchChangedFuture extends GroupWait implements WatchFuture<@Nullable Void> {
    private final WatchReceiver<?> receiver;
    private boolean ended;

    WatchChangedFuture(WatchReceiver<?> receiver) {
        this.receiver = receiver;
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) throws WatchRecvError {
        if (ended) {
            throw SpentFuture.polledAgain();
        }
        if (!cx.pollProceed()) {
            return Poll.pending();
        }
        do {
            var current = receiver.channel().snapshot();
            boolean unseen = receiver.see(current);
            if (unseen || current.isClosed()) {
                cx.madeProgress();
                cancel();
                if (unseen) {
                    return Poll.ready();
                }
                throw new WatchRecvError();
            }
        } while (waitIn(receiver.group(), cx.waker()));
        return Poll.pending();
    }

    @Override
    public void cancel() {
        ended = true;
        leave();
    }
}
