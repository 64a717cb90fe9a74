package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A source, and another one when it has ended.
 *
 * @param <R> the kind of sources
 */
sealed class Chain<R extends AsyncRead> implements AsyncRead permits BufChain {
    private final R second;
    private final R first;
    private boolean firstEnded;

    Chain(R first, R second) {
        this.first = first;
        this.second = second;
    }

    /** The one to read from. */
    final R current() {
        return firstEnded ? second : first;
    }

    /** Goes on to the second one, if there is one left. */
    final boolean advance() {
        boolean advanced = !firstEnded;
        firstEnded = true;
        return advanced;
    }

    @Override
    public final int pollRead(Context cx, ByteBuffer dst) throws IOException {
        int n = current().pollRead(cx, dst);
        return n == IoResult.END_OF_STREAM && advance() ? second.pollRead(cx, dst) : n;
    }

    @Override
    public final int pollRead(Context cx, ByteBuffer[] dsts) throws IOException {
        int n = current().pollRead(cx, dsts);
        return n == IoResult.END_OF_STREAM && advance() ? second.pollRead(cx, dsts) : n;
    }

    @Override
    public final void cancelRead(Waker waker) {
        current().cancelRead(waker);
    }
}
