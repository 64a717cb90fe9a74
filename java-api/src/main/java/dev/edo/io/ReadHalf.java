package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The reading half of a stream; see {@link Io#split}.
 *
 * <pre>{@code
 * var halves = Io.split(tlsStream);
 * Edo.spawn(() -> receive(halves.read()));
 * send(halves.write());
 * }</pre>
 *
 * @param <S> the stream
 * @see <a href="https://docs.rs/tokio/latest/tokio/io/struct.ReadHalf.html">tokio::io::ReadHalf</a>
 */
public final class ReadHalf<S extends AsyncRead & AsyncWrite> implements AsyncRead {
    private final SharedStream<S> shared;

    ReadHalf(SharedStream<S> shared) {
        this.shared = shared;
    }

    SharedStream<S> shared() {
        return shared;
    }

    /**
     * Tells whether a half is of the same stream, cut by the same call.
     *
     * @param other a writing half
     * @return whether {@link #unsplit} takes it
     */
    public boolean isPairOf(WriteHalf<?> other) {
        return shared == other.shared();
    }

    /**
     * Puts the halves together again; both are spent then. No other task may be using them.
     *
     * @param other the writing half
     * @return the stream
     * @throws IllegalArgumentException when it is a half of something else
     * @throws IllegalStateException when they were put together before
     */
    public S unsplit(WriteHalf<S> other) {
        if (!isPairOf(other)) {
            throw new IllegalArgumentException("the halves are of different streams: " + this + ", " + other
                    + "; isPairOf tells which belong together");
        }
        return shared.unsplit();
    }

    @Override
    public int pollRead(Context cx, ByteBuffer dst) throws IOException {
        var stream = shared.stream();
        if (!shared.lockToRead(cx.waker())) {
            return IoResult.PENDING;
        }
        try {
            return stream.pollRead(cx, dst);
        } finally {
            shared.unlock();
        }
    }

    @Override
    public int pollRead(Context cx, ByteBuffer[] dsts) throws IOException {
        var stream = shared.stream();
        if (!shared.lockToRead(cx.waker())) {
            return IoResult.PENDING;
        }
        try {
            return stream.pollRead(cx, dsts);
        } finally {
            shared.unlock();
        }
    }

    @Override
    public void cancelRead(Waker waker) {
        shared.cancelRead(waker);
    }
}
