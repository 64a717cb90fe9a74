package dev.edo.io;

import dev.edo.future.Context;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Moves bytes from a source to a sink until the source ends, then flushes.
 *
 * <p>Algorithm: fill the buffer as far as the source goes without waiting, write it, begin again.
 * While the sink waits the buffer is topped up, for larger writes later. When the source waits and
 * all is written the sink is flushed once, because the other side's answer may depend on what a
 * buffered sink holds back.
 *
 * <p>Invariants: {@code buffer[start, end)} has been read and not written; each turn takes part in
 * the budget, so that sources and sinks that never wait do not keep the task from yielding.
 *
 * <p>Origin: Tokio's io/util/copy.rs.
 */
final class CopyBuffer {
    private final ByteBuffer buffer;
    private int start;
    private int end;
    private long copied;
    private boolean readDone;
    private boolean needsFlush;

    CopyBuffer(ByteBuffer buffer) {
        this.buffer = BufferSize.writable(buffer);
    }

    long copied() {
        return copied;
    }

    /** {@return whether all is copied and flushed; false: wakers are registered} */
    boolean pollCopy(Context cx, AsyncRead from, AsyncWrite to) throws IOException {
        while (true) {
            if (!cx.pollProceed()) {
                return false;
            }
            if (!readDone && end < buffer.capacity() && !pollFill(cx, from) && start == end) {
                if (needsFlush) {
                    if (!to.pollFlush(cx)) {
                        return false;
                    }
                    cx.madeProgress();
                    needsFlush = false;
                }
                return false;
            }
            while (start < end) {
                if (!pollDrain(cx, to)) {
                    if (!readDone && end < buffer.capacity()) {
                        boolean unused = pollFill(cx, from);
                    }
                    return false;
                }
                cx.madeProgress();
            }
            start = 0;
            end = 0;
            if (readDone) {
                if (!to.pollFlush(cx)) {
                    return false;
                }
                cx.madeProgress();
                return true;
            }
        }
    }

    /** {@return whether the source gave something, or its end} */
    private boolean pollFill(Context cx, AsyncRead from) throws IOException {
        int n = from.pollRead(cx, buffer.limit(buffer.capacity()).position(end));
        if (n == IoResult.PENDING) {
            return false;
        }
        if (n <= 0) {
            readDone = true;
        } else {
            end += n;
            cx.madeProgress();
        }
        return true;
    }

    /** {@return whether the sink took something} */
    private boolean pollDrain(Context cx, AsyncWrite to) throws IOException {
        int n = to.pollWrite(cx, buffer.limit(end).position(start));
        if (n == IoResult.PENDING) {
            return false;
        }
        if (n <= 0) {
            throw new IOException("the sink takes no more, left=" + (end - start) + " bytes");
        }
        start += n;
        copied += n;
        needsFlush = true;
        return true;
    }
}
