package dev.edo.impl.net;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Waker;
import dev.edo.io.AsyncRead;
import dev.edo.io.Interest;
import dev.edo.io.IoResult;
import dev.edo.io.Ready;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The reading half of a connection, whatever kind of socket it is. Closing it wakes who waits here: that one finds
 * nothing, or the end of the stream, and, behind that, this half closed. The other end does not notice.
 */
abstract class SocketReadHalf implements AsyncRead, AutoCloseable {
    final SplitState split;

    SocketReadHalf(SplitState split) {
        this.split = split;
    }

    final EventedSocket io() throws IOException {
        return split.open(SplitState.READ);
    }

    /** Who begins to wait too late for the wake-up, or is told of an end that there is not, finds this half closed. */
    final int open(int n) throws IOException {
        if (n == IoResult.END_OF_STREAM || n == IoResult.PENDING) {
            split.check(SplitState.READ);
        }
        return n;
    }

    @Override
    public int pollRead(Context cx, ByteBuffer dst) throws IOException {
        return open(io().pollRead(cx, dst));
    }

    @Override
    public int pollRead(Context cx, ByteBuffer[] dsts) throws IOException {
        return open(io().pollRead(cx, dsts));
    }

    public int tryRead(ByteBuffer dst) throws IOException {
        return open(io().tryRead(dst));
    }

    public int tryRead(ByteBuffer[] dsts) throws IOException {
        return open(io().tryRead(dsts));
    }

    @Override
    public void cancelRead(Waker waker) {
        split.socket().cancelRead(waker);
    }

    public IoFuture<Ready> ready(Interest interest) {
        return new SocketReadyFuture(split.unchecked(), interest, split, SplitState.READ);
    }

    public IoFuture<@Nullable Void> readable() {
        return new SocketAbleFuture(split.unchecked(), Interest.READABLE, split, SplitState.READ);
    }

    /** {@return the socket, which is no longer of the halves} */
    final EventedSocket reuniteWith(Object write) {
        if (!(write instanceof SocketWriteHalf other) || other.split != split) {
            throw new IllegalArgumentException(
                    "these halves are not of the same stream: " + this + " and " + write);
        }
        return split.reunite();
    }

    @Override
    public void close() {
        split.close(SplitState.READ);
    }
}
