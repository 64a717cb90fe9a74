package dev.edo.io;

import dev.edo.future.Context;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One direction of a copy in both: copies to the end, then shuts the sink down. */
final class Transfer {
    private enum State {
        COPYING,
        SHUTTING_DOWN,
        DONE
    }

    private final AsyncRead from;
    private final AsyncWrite to;
    private final CopyBuffer copy;
    private State state = State.COPYING;

    Transfer(AsyncRead from, AsyncWrite to, ByteBuffer buffer) {
        this.from = from;
        this.to = to;
        this.copy = new CopyBuffer(buffer);
    }

    AsyncRead from() {
        return from;
    }

    AsyncWrite to() {
        return to;
    }

    long copied() {
        return copy.copied();
    }

    /** {@return whether this direction has ended} */
    boolean poll(Context cx) throws IOException {
        if (state == State.COPYING) {
            if (!copy.pollCopy(cx, from, to)) {
                return false;
            }
            state = State.SHUTTING_DOWN;
        }
        if (state == State.SHUTTING_DOWN) {
            if (!to.pollShutdown(cx)) {
                return false;
            }
            state = State.DONE;
        }
        return true;
    }
}
