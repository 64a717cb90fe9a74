package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The writing half of a stream; see {@link Io#split}. Giving it up does not end the stream for the
 * other side: call {@link #shutdownOutput()}.
 *
 * <pre>{@code
 * var out = halves.write();
 * out.writeAll(request).await();
 * out.shutdownOutput().await();
 * }</pre>
 *
 * @param <S> the stream
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/io/struct.WriteHalf.html">tokio::io::WriteHalf</a>
 */
public final class WriteHalf<S extends AsyncRead & AsyncWrite> implements AsyncWrite {
    private final SharedStream<S> shared;

    WriteHalf(SharedStream<S> shared) {
        this.shared = shared;
    }

    SharedStream<S> shared() {
        return shared;
    }

    /**
     * Tells whether a half is of the same stream, cut by the same call.
     *
     * @param other a reading half
     * @return whether {@link ReadHalf#unsplit} of it takes this
     */
    public boolean isPairOf(ReadHalf<?> other) {
        return shared == other.shared();
    }

    @Override
    public int pollWrite(Context cx, ByteBuffer src) throws IOException {
        var stream = shared.stream();
        if (!shared.lockToWrite(cx.waker())) {
            return IoResult.PENDING;
        }
        try {
            return stream.pollWrite(cx, src);
        } finally {
            shared.unlock();
        }
    }

    @Override
    public int pollWrite(Context cx, ByteBuffer[] srcs) throws IOException {
        var stream = shared.stream();
        if (!shared.lockToWrite(cx.waker())) {
            return IoResult.PENDING;
        }
        try {
            return stream.pollWrite(cx, srcs);
        } finally {
            shared.unlock();
        }
    }

    @Override
    public boolean isWriteVectored() {
        return shared.stream().isWriteVectored();
    }

    @Override
    public boolean pollFlush(Context cx) throws IOException {
        var stream = shared.stream();
        if (!shared.lockToWrite(cx.waker())) {
            return false;
        }
        try {
            return stream.pollFlush(cx);
        } finally {
            shared.unlock();
        }
    }

    @Override
    public boolean pollShutdown(Context cx) throws IOException {
        var stream = shared.stream();
        if (!shared.lockToWrite(cx.waker())) {
            return false;
        }
        try {
            return stream.pollShutdown(cx);
        } finally {
            shared.unlock();
        }
    }

    @Override
    public void cancelWrite(Waker waker) {
        shared.cancelWrite(waker);
    }
}
