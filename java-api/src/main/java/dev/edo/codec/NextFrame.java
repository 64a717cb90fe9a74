package dev.edo.codec;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.SpentFuture;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What {@link FramedRead#next} returns.
 *
 * @param <T> the type of the frames
 */
final class NextFrame<T> implements IoFuture<@Nullable T> {
    /** Null when this completed or was cancelled. */
    private @Nullable FramedRead<T> reader;

    /** The reader's number of the last poll, which was pending; 0 before. */
    private int registration;

    /** Of the last poll, which was pending. */
    private @Nullable Waker registered;

    NextFrame(FramedRead<T> reader) {
        this.reader = reader;
    }

    @Override
    public Poll<@Nullable T> poll(Context cx) throws IOException {
        var from = reader;
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
                reader = null;
            }
        }
    }

    @Override
    public void cancel() {
        var from = reader;
        reader = null;
        var waker = registered;
        registered = null;
        if (from != null && waker != null) {
            from.forgetWaker(registration, waker);
        }
    }
}
