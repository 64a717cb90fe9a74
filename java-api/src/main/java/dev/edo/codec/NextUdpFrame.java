package dev.edo.codec;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.SpentFuture;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What {@link UdpFramed#next} returns.
 *
 * @param <T> the type of the frames
 */
final class NextUdpFrame<T> implements IoFuture<@Nullable UdpFrame<T>> {
    /** Null when this completed or was cancelled. */
    private @Nullable UdpFramed<T, ?> framed;

    /** The number of the last poll, which was pending; 0 before. */
    private int registration;

    /** Of the last poll, which was pending. */
    private @Nullable Waker registered;

    NextUdpFrame(UdpFramed<T, ?> framed) {
        this.framed = framed;
    }

    @Override
    public Poll<@Nullable UdpFrame<T>> poll(Context cx) throws IOException {
        var from = framed;
        if (from == null) {
            throw SpentFuture.polledAgain();
        }
        boolean ended = true;
        try {
            var frame = from.pollNext(cx);
            ended = frame != null || from.isTerminated();
            if (ended) {
                return Poll.ready(frame);
            }
            registration = from.registrations();
            registered = from.registered();
            return Poll.pending();
        } finally {
            if (ended) {
                framed = null;
            }
        }
    }

    @Override
    public void cancel() {
        var from = framed;
        framed = null;
        var waker = registered;
        registered = null;
        if (from != null && waker != null) {
            from.forgetWaker(registration, waker);
        }
    }
}
