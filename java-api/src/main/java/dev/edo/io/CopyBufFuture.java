package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.SpentFuture;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Copies a buffered source into a sink, out of the source's own buffer.
 *
 * <p>Invariants: a byte is consumed when it was written, so a cancelled copy loses nothing.
 *
 * <p>Origin: Tokio's io/util/copy_buf.rs; in addition this flushes while the source waits, as its
 * {@code copy} does.
 */
final class CopyBufFuture implements IoFuture<Long> {
    private final AsyncBufRead from;
    private final AsyncWrite to;
    private long copied;
    private boolean needsFlush;
    private boolean atEnd;
    private boolean ended;
    private @Nullable Waker registered;

    CopyBufFuture(AsyncBufRead from, AsyncWrite to) {
        this.from = from;
        this.to = to;
    }

    @Override
    public Poll<Long> poll(Context cx) throws IOException {
        if (ended) {
            throw SpentFuture.polledAgain();
        }
        registered = cx.waker();
        boolean done;
        try {
            done = pollCopy(cx);
        } catch (Throwable e) {
            cancel(); // the other side may have the waker
            throw e;
        }
        if (!done) {
            return Poll.pending();
        }
        ended = true;
        return Poll.ready(copied);
    }

    private boolean pollCopy(Context cx) throws IOException {
        while (cx.pollProceed()) {
            if (atEnd) {
                return to.pollFlush(cx);
            }
            var view = from.pollFillBuf(cx);
            if (view == null) {
                if (needsFlush && to.pollFlush(cx)) {
                    needsFlush = false;
                }
                return false;
            }
            if (!view.hasRemaining()) {
                atEnd = true; // not to be asked again: a terminal would go on
                continue;
            }
            int n = to.pollWrite(cx, view);
            if (n == IoResult.PENDING) {
                return false;
            }
            if (n <= 0) {
                throw new IOException("the sink takes no more, left=" + view.remaining() + " bytes");
            }
            from.consume(n);
            copied += n;
            needsFlush = true;
            cx.madeProgress();
        }
        return false;
    }

    @Override
    public void cancel() {
        var waker = registered;
        registered = null;
        if (!ended && waker != null) {
            from.cancelRead(waker);
            to.cancelWrite(waker);
        }
        ended = true;
    }
}
