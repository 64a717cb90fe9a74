package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.SpentFuture;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Lets an earlier seek end, begins one and waits for it. */
final class SeekFuture implements IoFuture<Long> {
    /** Null when this completed or was cancelled. */
    private @Nullable AsyncSeek target;

    /** Null once begun. */
    private @Nullable SeekFrom position;

    private @Nullable Waker registered;

    SeekFuture(AsyncSeek target, SeekFrom position) {
        this.target = target;
        this.position = position;
    }

    @Override
    public Poll<Long> poll(Context cx) throws IOException {
        var on = target;
        if (on == null) {
            throw SpentFuture.polledAgain();
        }
        try {
            var to = position;
            if (to != null) {
                if (on.pollComplete(cx) == IoResult.PENDING) {
                    registered = cx.waker();
                    return Poll.pending();
                }
                on.startSeek(to);
                position = null;
            }
            long reached = on.pollComplete(cx);
            if (reached == IoResult.PENDING) {
                registered = cx.waker();
                return Poll.pending();
            }
            target = null;
            return Poll.ready(reached);
        } catch (Throwable e) {
            target = null;
            throw e;
        }
    }

    @Override
    public void cancel() {
        var on = target;
        var waker = registered;
        target = null;
        registered = null;
        if (on != null && waker != null) {
            on.cancelSeek(waker);
        }
    }
}
