package dev.edo.codec;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.SpentFuture;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One wait for the next frame of a {@link FrameSource}.
 *
 * @param <T> the type of the frames
 */
final class NextFrame<T> implements IoFuture<@Nullable T> {
    /** Null when this completed or was cancelled. */
    private @Nullable FrameSource<T> source;

    /** The source's number of the last poll, which was pending; 0 before. */
    private int registration;

    /** Of the last poll, which was pending. */
    private @Nullable Waker registered;

    NextFrame(FrameSource<T> source) {
        this.source = source;
    }

    @Override
    public Poll<@Nullable T> poll(Context cx) throws IOException {
        var from = source;
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
                source = null;
            }
        }
    }

    @Override
    public void cancel() {
        var from = source;
        source = null;
        var waker = registered;
        registered = null;
        if (from != null && waker != null) {
            from.giveUp(registration, waker);
        }
    }
}
