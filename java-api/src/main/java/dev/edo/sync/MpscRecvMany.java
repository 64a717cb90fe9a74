package dev.edo.sync;

import dev.edo.future.Context;
import dev.edo.future.InfallibleFuture;
import dev.edo.future.Poll;
import dev.edo.internal.SpentFuture;
import java.util.Collection;

/**
 * The receiver's wait for some messages.
 *
 * @param <T> the type of the messages
 */
final class MpscRecvMany<T> implements InfallibleFuture<Integer> {
    private final MpscChannel<T> channel;
    private final Collection<? super T> buffer;
    private final int limit;
    private int registration;
    private boolean over;

    MpscRecvMany(MpscChannel<T> channel, Collection<? super T> buffer, int limit) {
        this.channel = channel;
        this.buffer = buffer;
        this.limit = limit;
    }

    @Override
    public Poll<Integer> poll(Context cx) {
        if (over) {
            throw SpentFuture.polledAgain();
        }
        int before = channel.registrations();
        boolean ended = true;
        try {
            var poll = channel.pollMany(cx, buffer, limit);
            ended = poll.isReady();
            return poll;
        } finally {
            over = ended;
            int now = channel.registrations();
            if (now != before) {
                registration = now;
            }
        }
    }

    @Override
    public void cancel() {
        if (!over) {
            over = true;
            channel.forgetReceiver(registration);
        }
    }
}
