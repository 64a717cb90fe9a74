package dev.edo.sync;

import dev.edo.future.Context;
import dev.edo.future.InfallibleFuture;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.SpentFuture;
import org.jspecify.annotations.Nullable;

/** A oneshot sender's wait for the receiver's close, or for its own end. */
final class OneshotClosed implements InfallibleFuture<@Nullable Void> {
    private final OneshotReceiver<?> channel;
    private @Nullable Waker registered;
    private byte registration;
    private boolean over;

    OneshotClosed(OneshotReceiver<?> channel) {
        this.channel = channel;
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) {
        if (over) {
            throw SpentFuture.polledAgain();
        }
        byte before = channel.senderWaits();
        var poll = channel.pollClosed(cx);
        over = poll.isReady();
        byte now = channel.senderWaits();
        if (over) {
            registered = null;
        } else if (now != before) {
            registered = cx.waker();
            registration = now;
        }
        return poll;
    }

    @Override
    public void cancel() {
        over = true;
        var mine = registered;
        if (mine != null) {
            registered = null;
            channel.forgetSender(registration, mine);
        }
    }
}
