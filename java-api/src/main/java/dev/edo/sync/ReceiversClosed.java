package dev.edo.sync;

import dev.edo.future.Context;
import dev.edo.future.InfallibleFuture;
import dev.edo.future.Poll;
import dev.edo.internal.SpentFuture;
import org.jspecify.annotations.Nullable;

/** A sender's wait until a channel has no receiver. */
final class ReceiversClosed extends GroupWait implements InfallibleFuture<@Nullable Void> {
    private final ManyReceivers channel;
    private boolean ended;

    ReceiversClosed(ManyReceivers channel) {
        this.channel = channel;
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) {
        if (ended) {
            throw SpentFuture.polledAgain();
        }
        if (!cx.pollProceed()) {
            return Poll.pending();
        }
        do {
            if (channel.receiverCount() == 0) {
                cx.madeProgress();
                cancel();
                return Poll.ready();
            }
        } while (waitIn(channel.closing, cx.waker()));
        return Poll.pending();
    }

    @Override
    public void cancel() {
        ended = true;
        leave();
    }
}
