package dev.edo.codec;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Waker;
import dev.edo.io.AsyncRead;
import dev.edo.io.IoResult;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The frames that come out of a source of bytes.
 *
 * <pre>{@code
 * var lines = new FramedRead<>(stream, new LinesCodec(1024));
 * for (var line = lines.next().await(); line != null; line = lines.next().await()) {
 *     handle(line);
 * }
 * }</pre>
 *
 * <p>A server whose clients send many requests at once takes those that have come with
 * {@link #nextBuffered()}, and flushes its answers when there are no more:
 *
 * <pre>{@code
 * for (var first = requests.next().await(); first != null; first = requests.next().await()) {
 *     for (var request = first; request != null; request = requests.nextBuffered()) {
 *         answers.feed(handle(request)).await();
 *     }
 *     answers.flush().await();
 * }
 * }</pre>
 *
 * <p><em>Cancel safety:</em> nothing is lost: what has been read stays in this object's buffer.
 *
 * <p><em>Errors:</em> what the source or the decoder throws. After it the frames end, once: the
 * next answer is that there is none, and whoever asks yet again reads on from the source. After a
 * {@link CodecException} that {@linkplain CodecException#isRecoverable() says so} the frames go on
 * at once.
 *
 * <p>Used by one task at a time.
 *
 * @param <T> the type of the frames
 * @see <a
 *     href="https://docs.rs/tokio-util/latest/tokio_util/codec/struct.FramedRead.html">FramedRead</a>
 */
public final class FramedRead<T> extends FrameSource<T> {
    /*
     * Algorithm: two flags make the states
     *
     *   state    eof    readable
     *   reading  false  false     nothing to decode: read
     *   framing  false  true      decode; no frame -> reading
     *   pausing  true   true      decodeEof; no frame -> paused, and the end is reported
     *   paused   true   false     read; the end again is reported as the end, bytes -> framing
     *
     * and a third one, failed, overrides them: the end is reported once, then reading or paused.
     *
     * Origin: tokio-util/src/codec/framed_impl.rs; errors that a decoder can go on after are Edo's,
     * since an exception already ends the caller's loop, and a LinesCodec has lines left after one
     * that was too long.
     */

    private final AsyncRead source;
    private final Decoder<T> decoder;
    private final FrameBuffer buffer;
    private int maxBuffered = FrameBuffer.MAX_CAPACITY;
    private boolean eof;
    private boolean readable;
    private boolean failed;

    /** Whether the last poll reported the end. */
    private boolean terminated;

    private boolean cancelled;

    /**
     * Decodes what a source sends.
     *
     * @param source of the bytes; stays the caller's to close
     * @param decoder finds the frames
     */
    public FramedRead(AsyncRead source, Decoder<T> decoder) {
        this(source, decoder, new FrameBuffer());
    }

    /**
     * Decodes what a source sends, through a buffer that may hold bytes already.
     *
     * @param source of the bytes; stays the caller's to close
     * @param decoder finds the frames
     * @param buffer from now on this object's; what it holds is decoded first
     */
    public FramedRead(AsyncRead source, Decoder<T> decoder, FrameBuffer buffer) {
        this.source = Objects.requireNonNull(source, "source");
        this.decoder = Objects.requireNonNull(decoder, "decoder");
        this.buffer = buffer;
        readable = !buffer.isEmpty();
    }

    private FramedRead(FramedRead<?> before, Decoder<T> decoder) {
        source = before.source;
        this.decoder = Objects.requireNonNull(decoder, "the function of FramedRead.mapDecoder returned null");
        buffer = before.buffer;
        maxBuffered = before.maxBuffered;
        eof = before.eof;
        // Bytes of which the one before could make no frame may be one to this.
        readable = before.readable || !buffer.isEmpty();
        failed = before.failed;
        terminated = before.terminated;
        cancelled = before.cancelled;
    }

    /**
     * The next frame, waiting until it is complete.
     *
     * <p><em>Cancel safety:</em> a cancelled one has taken no frame.
     *
     * @return the frame, or null at the end; fails as described for this class
     */
    @Override
    @CheckReturnValue
    public IoFuture<@Nullable T> next() {
        return new NextFrame<>(this);
    }

    /**
     * Asks for the next frame.
     *
     * @param cx whom to wake when there is something to read
     * @return the frame; or null: at the end where {@link #isTerminated()} says so, else the waker
     *     of {@code cx} was registered
     * @throws IOException as described for this class
     */
    @Override
    public @Nullable T pollNext(Context cx) throws IOException {
        beginPoll();
        if (cancelled) {
            return null;
        }
        terminated = false;
        while (!failed) {
            if (readable) {
                var frame = decode();
                if (frame != null) {
                    return frame;
                }
                readable = false;
                if (eof) {
                    return end();
                }
            }
            int n = read(cx);
            if (n == IoResult.PENDING) {
                registered(cx.waker());
                buffer.settle();
                return null;
            }
            boolean again = eof;
            eof = n == IoResult.END_OF_STREAM;
            if (eof && again) {
                return end();
            }
            readable = true;
        }
        failed = false;
        readable = false;
        return end();
    }

    private @Nullable T end() {
        terminated = true;
        return null;
    }

    /**
     * {@inheritDoc}
     *
     * <p>A source may go on after its end: polling again finds out.
     */
    @Override
    public boolean isTerminated() {
        return terminated;
    }

    /**
     * {@inheritDoc}
     *
     * <p>The source stays open, and what has been read and not decoded stays in the buffer.
     */
    @Override
    public void cancel() {
        giveUp();
        cancelled = true;
        terminated = true;
    }

    @Override
    void forget(Waker waker) {
        source.cancelRead(waker);
    }

    /**
     * The next frame if all of it is in the buffer; nothing is read.
     *
     * @return the frame, or null where {@link #next()} would have to read, or where the frames have
     *     ended
     * @throws IOException what the decoder throws
     */
    public @Nullable T nextBuffered() throws IOException {
        if (failed || !readable || cancelled) {
            return null;
        }
        var frame = decode();
        if (frame == null && !eof) { // that the frames have ended is for next() to tell
            readable = false;
        }
        return frame;
    }

    private @Nullable T decode() throws IOException {
        boolean ended = true;
        try {
            var frame = eof ? decoder.decodeEof(buffer) : decoder.decode(buffer);
            ended = false;
            return frame;
        } catch (CodecException e) {
            ended = !e.isRecoverable();
            throw e;
        } finally {
            failed = ended;
        }
    }

    private int read(Context cx) throws IOException {
        boolean ended = true;
        try {
            if (buffer.length() >= maxBuffered) {
                throw new FrameTooLongException("incomplete frame", buffer.length(), maxBuffered, false);
            }
            int n = buffer.fill(source, cx);
            ended = false;
            return n;
        } finally {
            failed = ended;
        }
    }

    /**
     * Limits what is buffered while no frame is complete, for decoders without a limit of their
     * own. Reading fails with {@link FrameTooLongException} when a decoder wants more than that.
     *
     * @param bytes at least 1; default about 2 GiB
     * @throws IllegalArgumentException when less than 1
     */
    public void setMaxBuffered(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("maxBuffered=" + bytes + " bytes: expected at least 1");
        }
        maxBuffered = bytes;
    }

    /**
     * Goes on with another decoder, where a protocol changes on the way; this object must not be
     * used then.
     *
     * @param mapper makes the new decoder from the old one
     * @param <R> the type of the new one's frames
     * @return the frames that follow, the bytes that have been read already among them
     */
    public <R> FramedRead<R> mapDecoder(Function<? super Decoder<T>, ? extends Decoder<R>> mapper) {
        return new FramedRead<>(this, mapper.apply(decoder));
    }

    /** {@return the decoder} */
    public Decoder<T> decoder() {
        return decoder;
    }

    /** {@return where the bytes come from; who reads from it takes them from the decoder} */
    public AsyncRead source() {
        return source;
    }

    /** {@return what has been read and not decoded} */
    public FrameBuffer readBuffer() {
        return buffer;
    }

    @Override
    public String toString() {
        return "FramedRead[source=" + source + ", decoder=" + decoder + ", eof=" + eof
                + ", readable=" + readable + ", buffer=" + buffer + "]";
    }
}
