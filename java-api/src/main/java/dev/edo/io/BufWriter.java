package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Collects small writes and hands them to a sink in large pieces.
 *
 * <pre>{@code
 * var out = new BufWriter<>(stream);
 * out.writeU8(KIND).await();
 * out.writeAll(name).await();
 * out.flush().await();
 * }</pre>
 *
 * <p>What was not flushed when nobody writes any more is lost: call {@link #flush()} or
 * {@link #shutdownOutput()}. A write that is at least as large as the buffer goes to the sink
 * directly, behind what is in the buffer.
 *
 * <p><em>Cancel safety:</em> what a cancelled write or flush has not handed on stays in the buffer.
 *
 * @param <W> the sink
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/io/struct.BufWriter.html">tokio::io::BufWriter</a>
 */
public final class BufWriter<W extends AsyncWrite> implements AsyncWrite, AsyncSeek {
    // Invariant: buffer[handedOn, buffer.position()) waits to be handed on; view shares the memory.
    private final W sink;
    private final ByteBuffer buffer;
    private final ByteBuffer view;
    private int handedOn;

    /** Of a seek that {@link #pollComplete} has not begun yet. */
    private @Nullable SeekFrom seek;

    /**
     * A writer with a buffer of {@link BufReader#DEFAULT_CAPACITY_BYTES}.
     *
     * @param sink what to write to
     */
    public BufWriter(W sink) {
        this(sink, BufReader.DEFAULT_CAPACITY_BYTES);
    }

    /**
     * A writer with a buffer of its own.
     *
     * @param sink what to write to
     * @param capacityBytes the size of the buffer, at least 1
     * @throws IllegalArgumentException when it is less
     */
    public BufWriter(W sink, int capacityBytes) {
        this(sink, ByteBuffer.allocate(BufferSize.checked(capacityBytes)));
    }

    /**
     * A writer with a given buffer, which may be direct.
     *
     * @param sink what to write to
     * @param buffer all of its capacity is used, its content is ignored; belongs to this writer
     *     from now on
     * @throws IllegalArgumentException when it has no capacity or is read-only
     */
    public BufWriter(W sink, ByteBuffer buffer) {
        this.sink = sink;
        this.buffer = BufferSize.writable(buffer).clear();
        this.view = buffer.duplicate();
    }

    /** {@return the sink} */
    public W inner() {
        return sink;
    }

    /** {@return what is in the buffer; valid until the next call, and not to be changed} */
    public ByteBuffer buffered() {
        return view.limit(buffer.position()).position(handedOn);
    }

    /** {@return the size of the buffer} */
    public int capacity() {
        return buffer.capacity();
    }

    /**
     * Hands the buffer on to the sink, without flushing that.
     *
     * @return whether the buffer is empty; false: the waker of {@code cx} was registered
     */
    boolean pollDrain(Context cx) throws IOException {
        if (buffer.position() == 0) {
            return true;
        }
        var rest = buffered();
        try {
            while (rest.hasRemaining()) {
                int n = sink.pollWrite(cx, rest);
                if (n == IoResult.PENDING) {
                    return false;
                }
                if (n <= 0) {
                    throw new IOException("the sink takes no more, buffered=" + rest.remaining() + " bytes");
                }
            }
        } finally {
            handedOn = rest.position();
        }
        handedOn = 0;
        buffer.clear();
        return true;
    }

    @Override
    public int pollWrite(Context cx, ByteBuffer src) throws IOException {
        int length = src.remaining();
        if (length > buffer.remaining() && !pollDrain(cx)) {
            return IoResult.PENDING;
        }
        if (length >= buffer.capacity()) {
            return sink.pollWrite(cx, src);
        }
        buffer.put(src);
        return length;
    }

    @Override
    public int pollWrite(Context cx, ByteBuffer[] srcs) throws IOException {
        int first = 0;
        while (first < srcs.length && !srcs[first].hasRemaining()) {
            first++;
        }
        if (first == srcs.length) {
            return 0;
        }
        long total = 0;
        for (var src : srcs) {
            total += src.remaining();
        }
        long needed = sink.isWriteVectored() ? total : srcs[first].remaining();
        if (needed > buffer.remaining() && !pollDrain(cx)) {
            return IoResult.PENDING;
        }
        if (needed >= buffer.capacity()) {
            return sink.isWriteVectored() ? sink.pollWrite(cx, srcs) : sink.pollWrite(cx, srcs[first]);
        }
        int written = 0;
        for (int i = first; i < srcs.length && srcs[i].remaining() <= buffer.remaining(); i++) {
            written += srcs[i].remaining();
            buffer.put(srcs[i]);
        }
        return written;
    }

    @Override
    public boolean isWriteVectored() {
        return true;
    }

    @Override
    public boolean pollFlush(Context cx) throws IOException {
        return pollDrain(cx) && sink.pollFlush(cx);
    }

    @Override
    public boolean pollShutdown(Context cx) throws IOException {
        return pollDrain(cx) && sink.pollShutdown(cx);
    }

    @Override
    public void cancelWrite(Waker waker) {
        sink.cancelWrite(waker);
    }

    private AsyncSeek seekable() {
        if (sink instanceof AsyncSeek seekable) {
            return seekable;
        }
        throw new UnsupportedOperationException("cannot seek: the sink has no position, sink=" + sink);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The content of the buffer is handed on first.
     *
     * @throws UnsupportedOperationException when the sink cannot seek
     */
    @Override
    public void startSeek(SeekFrom position) throws IOException {
        AsyncSeek unused = seekable();
        seek = position;
    }

    @Override
    public long pollComplete(Context cx) throws IOException {
        var target = seekable();
        var position = seek;
        if (position != null) {
            if (!pollIdle(target, cx)) {
                return IoResult.PENDING;
            }
            seek = null;
            target.startSeek(position);
        }
        long reached = target.pollComplete(cx);
        return reached == IoResult.PENDING ? reached : reached + buffered().remaining();
    }

    /** {@return whether the buffer is empty and no earlier seek in progress; where that failed this one has, too} */
    private boolean pollIdle(AsyncSeek target, Context cx) throws IOException {
        try {
            return pollDrain(cx) && target.pollComplete(cx) != IoResult.PENDING;
        } catch (IOException | RuntimeException e) {
            seek = null;
            throw e;
        }
    }

    @Override
    public void cancelSeek(Waker waker) {
        seekable().cancelSeek(waker);
        sink.cancelWrite(waker);
    }

    @Override
    public String toString() {
        return "BufWriter[" + sink + ", buffered=" + buffered().remaining() + " of " + buffer.capacity()
                + " bytes]";
    }
}
