package dev.edo.sync;

import dev.edo.future.Context;
import dev.edo.future.InfallibleFuture;
import dev.edo.future.Poll;
import dev.edo.internal.SpentFuture;
import org.jspecify.annotations.Nullable;

/** A sender's wait for the receiver's close. */
final class MpscClosed extends Waiter implements InfallibleFuture<@Nullable Void> {
    private final MpscChannel<?> channel;
    private boolean entered;
    private boolean over;

    MpscClosed(MpscChannel<?> channel) {
        this.channel = channel;
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) {
        if (over) {
            throw SpentFuture.polledAgain();
        }
        if (!cx.pollProceed()) {
            return Poll.pending();
        }
        if (channel.awaitClosed(this, cx)) {
            entered = true;
            return Poll.pending();
        }
        over = true;
        cx.madeProgress();
        return Poll.ready();
    }

    @Override
    public void cancel() {
        if (!over) {
            over = true;
            if (entered) {
                channel.forgetClosed(this);
            }
        }
    }
}
