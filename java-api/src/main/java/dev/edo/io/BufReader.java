package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a source in large pieces and hands them out in small ones.
 *
 * <pre>{@code
 * var in = new BufReader<>(stream);
 * int kind = in.readU8().await();
 * String name = in.readLine(1024).await();
 * }</pre>
 *
 * <p>Whoever reads from the source itself misses what is in the buffer. A read that is at least as
 * large as an empty buffer goes to the source directly.
 *
 * <p><em>Cancel safety:</em> what was read from the source and not handed out stays in the buffer. A
 * read waits for a seek that was given up and has begun, and fails as that does.
 *
 * @param <R> the source
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/io/struct.BufReader.html">tokio::io::BufReader</a>
 */
public final class BufReader<R extends AsyncRead> implements AsyncBufRead, AsyncSeek {
    /** The size of the buffer where none is given. */
    public static final int DEFAULT_CAPACITY_BYTES = 8192;

    // Invariant: buffer[start, end) has been read and not handed out.
    private final R source;
    private final ByteBuffer buffer;
    private final ByteBuffer view;
    private int start;
    private int end;

    /** Of a seek that {@link #pollComplete} has not begun yet. */
    private @Nullable SeekFrom seek;

    /** Whether the source is seeking because of this. */
    private boolean seeking;

    /**
     * A reader with a buffer of {@link #DEFAULT_CAPACITY_BYTES}.
     *
     * @param source what to read from
     */
    public BufReader(R source) {
        this(source, DEFAULT_CAPACITY_BYTES);
    }

    /**
     * A reader with a buffer of its own.
     *
     * @param source what to read from
     * @param capacityBytes the size of the buffer, at least 1
     * @throws IllegalArgumentException when it is less
     */
    public BufReader(R source, int capacityBytes) {
        this(source, ByteBuffer.allocate(BufferSize.checked(capacityBytes)));
    }

    /**
     * A reader with a given buffer, which may be direct.
     *
     * @param source what to read from
     * @param buffer all of its capacity is used, its content is ignored; belongs to this reader
     *     from now on
     * @throws IllegalArgumentException when it has no capacity or is read-only
     */
    public BufReader(R source, ByteBuffer buffer) {
        this.source = source;
        this.buffer = BufferSize.writable(buffer);
        this.view = buffer.duplicate();
    }

    /** {@return the source} */
    public R inner() {
        return source;
    }

    /** {@return what is in the buffer; valid until the next call, and not to be changed} */
    public ByteBuffer buffered() {
        return view.order(ByteOrder.BIG_ENDIAN).limit(end).position(start); // a caller may have changed it
    }

    /** {@return the size of the buffer} */
    public int capacity() {
        return buffer.capacity();
    }

    @Override
    public @Nullable ByteBuffer pollFillBuf(Context cx) throws IOException {
        if (!pollInPlace(cx)) {
            return null;
        }
        if (start == end) {
            start = 0;
            end = 0;
            int n = source.pollRead(cx, buffer.clear());
            if (n == IoResult.PENDING) {
                return null;
            }
            end = Math.max(n, 0);
        }
        return buffered();
    }

    @Override
    public void consume(int bytes) {
        if (bytes < 0 || bytes > end - start) {
            throw new IllegalArgumentException("consume bytes=" + bytes + ": the buffer has " + (end - start)
                    + "; consume no more than fillBuf() returned");
        }
        start += bytes;
    }

    @Override
    public int pollRead(Context cx, ByteBuffer dst) throws IOException {
        if (!dst.hasRemaining()) {
            return 0;
        }
        if (!pollInPlace(cx)) {
            return IoResult.PENDING;
        }
        if (start == end && dst.remaining() >= buffer.capacity()) {
            return source.pollRead(cx, dst);
        }
        var from = pollFillBuf(cx);
        if (from == null) {
            return IoResult.PENDING;
        }
        int n = Math.min(from.remaining(), dst.remaining());
        if (n == 0) {
            return IoResult.END_OF_STREAM;
        }
        dst.put(from.limit(from.position() + n));
        start += n;
        return n;
    }

    @Override
    public void cancelRead(Waker waker) {
        source.cancelRead(waker);
        if (seeking) {
            seekable().cancelSeek(waker); // that is what the read waits for
        }
    }

    /**
     * {@return whether no seek of the source is in progress; who asked for it has given up, but it goes on, and what
     * was read ahead of it must not come before what is read behind it}
     */
    private boolean pollInPlace(Context cx) throws IOException {
        return !seeking || pollSource(seekable(), cx) != IoResult.PENDING;
    }

    private AsyncSeek seekable() {
        if (source instanceof AsyncSeek seekable) {
            return seekable;
        }
        throw new UnsupportedOperationException("cannot seek: the source has no position, source=" + source);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The content of the buffer is dropped, even where the position stays the same.
     *
     * @throws UnsupportedOperationException when the source cannot seek
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
            target.startSeek(fromSource(position));
            seeking = true;
        }
        long reached = pollSource(target, cx);
        return reached == IoResult.PENDING ? IoResult.PENDING : reached - (end - start);
    }

    /** Waits for the seek that the source is in; at the end of one of this reader's the buffer is dropped. */
    private long pollSource(AsyncSeek target, Context cx) throws IOException {
        long reached;
        try {
            reached = target.pollComplete(cx);
        } catch (IOException | RuntimeException e) {
            // The source is where it was, and so is what was read ahead of it.
            seeking = false;
            throw e;
        }
        if (seeking && reached != IoResult.PENDING) {
            seeking = false;
            start = 0;
            end = 0;
        }
        return reached;
    }

    /** {@return whether the source is through with an earlier seek; where that failed this one has, too} */
    private boolean pollIdle(AsyncSeek target, Context cx) throws IOException {
        try {
            return pollSource(target, cx) != IoResult.PENDING;
        } catch (IOException | RuntimeException e) {
            forgetSeek();
            throw e;
        }
    }

    /** A seek that has not begun is not to begin any more. */
    void forgetSeek() {
        seek = null;
    }

    /** The source is ahead by what is in the buffer. */
    private SeekFrom fromSource(SeekFrom position) throws IOException {
        if (!(position instanceof SeekFrom.Current(long bytes))) {
            return position;
        }
        int ahead = end - start;
        if (bytes < Long.MIN_VALUE + ahead) {
            throw new IOException("seek to " + position + " is before the start");
        }
        return SeekFrom.current(bytes - ahead);
    }

    @Override
    public void cancelSeek(Waker waker) {
        seekable().cancelSeek(waker);
    }

    @Override
    public String toString() {
        return "BufReader[" + source + ", buffered=" + (end - start) + " of " + buffer.capacity() + " bytes]";
    }
}
