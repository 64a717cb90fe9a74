package dev.edo.sync;

import dev.edo.future.Context;
import dev.edo.future.InfallibleFuture;
import dev.edo.future.Poll;
import dev.edo.internal.SpentFuture;
import org.jspecify.annotations.Nullable;

/**
 * The receiver's wait for one message.
 *
 * @param <T> the type of the messages
 */
final class MpscRecv<T> implements InfallibleFuture<@Nullable T> {
    private final MpscChannel<T> channel;
    private int registration;
    private boolean over;

    MpscRecv(MpscChannel<T> channel) {
        this.channel = channel;
    }

    @Override
    public Poll<@Nullable T> poll(Context cx) {
        if (over) {
            throw SpentFuture.polledAgain();
        }
        int before = channel.registrations();
        var poll = channel.poll(cx);
        over = poll.isReady();
        int now = channel.registrations();
        if (now != before) {
            registration = now;
        }
        return poll;
    }

    @Override
    public void cancel() {
        if (!over) {
            over = true;
            channel.forgetReceiver(registration);
        }
    }
}
