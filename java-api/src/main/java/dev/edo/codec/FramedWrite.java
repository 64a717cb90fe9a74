package dev.edo.codec;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import dev.edo.io.AsyncWrite;
import dev.edo.io.IoResult;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Function;

/**
 * Frames that go into a sink of bytes.
 *
 * <pre>{@code
 * var lines = new FramedWrite<>(stream, new LinesCodec());
 * lines.feed("HELO example.org").await();
 * lines.send("QUIT").await();
 * }</pre>
 *
 * <p>Frames are encoded into one buffer, which is used again and again. Feeding waits only when the
 * buffer has reached the {@linkplain #backpressureBoundary() boundary}: it then writes all of it
 * first.
 *
 * <p><em>Cancel safety:</em> frames are in the buffer wholly or not at all; a cancelled write goes
 * on with the next flush where it stopped.
 *
 * <p><em>Errors:</em> what the sink or the encoder throws. A frame that could not be encoded leaves
 * nothing in the buffer.
 *
 * <p>Used by one task at a time.
 *
 * @param <T> the type of the frames
 * @see <a
 *     href="https://docs.rs/tokio-util/latest/tokio_util/codec/struct.FramedWrite.html">FramedWrite</a>
 */
public final class FramedWrite<T> implements Sink<T> {
    private final AsyncWrite target;
    private final Encoder<T> encoder;
    private final FrameBuffer buffer;
    private int backpressureBoundary = FrameBuffer.DEFAULT_CAPACITY;

    /**
     * Encodes frames into a sink of bytes.
     *
     * @param target where the bytes go; stays the caller's to close
     * @param encoder makes bytes of frames
     */
    public FramedWrite(AsyncWrite target, Encoder<T> encoder) {
        this(target, encoder, new FrameBuffer());
    }

    /**
     * Encodes frames into a sink of bytes, through a buffer that may hold bytes already.
     *
     * @param target where the bytes go; stays the caller's to close
     * @param encoder makes bytes of frames
     * @param buffer from now on this object's; what it holds is written first
     */
    public FramedWrite(AsyncWrite target, Encoder<T> encoder, FrameBuffer buffer) {
        this.target = Objects.requireNonNull(target, "target");
        this.encoder = Objects.requireNonNull(encoder, "encoder");
        this.buffer = Objects.requireNonNull(buffer, "buffer");
    }

    @Override
    public boolean pollReady(Context cx) throws IOException {
        return buffer.length() < backpressureBoundary || pollFlush(cx);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Encodes the frame. Who does not heed the boundary may call this without {@link #pollReady}
     * first: the buffer grows.
     */
    @Override
    public void startSend(T frame) throws IOException {
        int before = buffer.length();
        boolean whole = false;
        try {
            encoder.encode(frame, buffer);
            whole = true;
        } finally {
            if (!whole) {
                buffer.truncate(before);
            }
        }
    }

    @Override
    public boolean pollFlush(Context cx) throws IOException {
        while (!buffer.isEmpty()) {
            if (buffer.drain(target, cx) == IoResult.PENDING) {
                return false;
            }
        }
        buffer.settle();
        return target.pollFlush(cx);
    }

    @Override
    public boolean pollClose(Context cx) throws IOException {
        return pollFlush(cx) && target.pollShutdown(cx);
    }

    @Override
    public void cancelSend(Waker waker) {
        target.cancelWrite(waker);
    }

    /** {@return how many bytes are buffered before feeding another frame writes them first} */
    public int backpressureBoundary() {
        return backpressureBoundary;
    }

    /**
     * Sets how many bytes are buffered before feeding another frame writes them first.
     *
     * @param bytes at least 1; default 8 KiB
     * @throws IllegalArgumentException when less than 1
     */
    public void setBackpressureBoundary(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException(
                    "backpressureBoundary=" + bytes + " bytes: expected at least 1");
        }
        backpressureBoundary = bytes;
    }

    /**
     * Goes on with another encoder, where a protocol changes on the way; this object must not be
     * used then.
     *
     * @param mapper makes the new encoder from the old one
     * @param <R> the type of the new one's frames
     * @return a sink for the frames that follow, behind those that are buffered
     */
    public <R> FramedWrite<R> mapEncoder(Function<? super Encoder<T>, ? extends Encoder<R>> mapper) {
        var next = new FramedWrite<>(target, (Encoder<R>) mapper.apply(encoder), buffer);
        next.backpressureBoundary = backpressureBoundary;
        return next;
    }

    /** {@return the encoder} */
    public Encoder<T> encoder() {
        return encoder;
    }

    /** {@return where the bytes go; who writes to it gets ahead of what is buffered} */
    public AsyncWrite target() {
        return target;
    }

    /** {@return what has been encoded and not written} */
    public FrameBuffer writeBuffer() {
        return buffer;
    }

    @Override
    public String toString() {
        return "FramedWrite[target=" + target + ", encoder=" + encoder + ", buffer=" + buffer + "]";
    }
}
