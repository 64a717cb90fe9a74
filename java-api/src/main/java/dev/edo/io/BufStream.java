package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A stream with a buffer in each direction.
 *
 * <pre>{@code
 * var stream = new BufStream<>(TcpStream.connect("example.org:25").await());
 * stream.writeAll(UTF_8.encode("HELO me\r\n")).await();
 * stream.flush().await();
 * String answer = stream.readLine(512).await();
 * }</pre>
 *
 * <p>Seeking hands on what was written and drops what was read ahead.
 *
 * <p><em>Cancel safety:</em> as of {@link BufReader} and {@link BufWriter}.
 *
 * @param <S> the stream
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/io/struct.BufStream.html">tokio::io::BufStream</a>
 */
public final class BufStream<S extends AsyncRead & AsyncWrite>
        implements AsyncBufRead, AsyncWrite, AsyncSeek {
    private final S stream;
    private final BufReader<S> reader;
    private final BufWriter<S> writer;
    private @Nullable SeekFrom seek;

    /**
     * A stream with buffers of {@link BufReader#DEFAULT_CAPACITY_BYTES}.
     *
     * @param stream what to read from and write to
     */
    public BufStream(S stream) {
        this(stream, BufReader.DEFAULT_CAPACITY_BYTES, BufReader.DEFAULT_CAPACITY_BYTES);
    }

    /**
     * A stream with buffers of given sizes.
     *
     * @param stream what to read from and write to
     * @param readCapacityBytes the size of the reading buffer, at least 1
     * @param writeCapacityBytes the size of the writing buffer, at least 1
     * @throws IllegalArgumentException when one of them is less
     */
    public BufStream(S stream, int readCapacityBytes, int writeCapacityBytes) {
        this.stream = stream;
        this.reader = new BufReader<>(stream, readCapacityBytes);
        this.writer = new BufWriter<>(stream, writeCapacityBytes);
    }

    /** {@return the stream} */
    public S inner() {
        return stream;
    }

    @Override
    public @Nullable ByteBuffer pollFillBuf(Context cx) throws IOException {
        return reader.pollFillBuf(cx);
    }

    @Override
    public void consume(int bytes) {
        reader.consume(bytes);
    }

    @Override
    public int pollRead(Context cx, ByteBuffer dst) throws IOException {
        return reader.pollRead(cx, dst);
    }

    @Override
    public void cancelRead(Waker waker) {
        reader.cancelRead(waker);
    }

    @Override
    public int pollWrite(Context cx, ByteBuffer src) throws IOException {
        return writer.pollWrite(cx, src);
    }

    @Override
    public int pollWrite(Context cx, ByteBuffer[] srcs) throws IOException {
        return writer.pollWrite(cx, srcs);
    }

    @Override
    public boolean isWriteVectored() {
        return writer.isWriteVectored();
    }

    @Override
    public boolean pollFlush(Context cx) throws IOException {
        return writer.pollFlush(cx);
    }

    @Override
    public boolean pollShutdown(Context cx) throws IOException {
        return writer.pollShutdown(cx);
    }

    @Override
    public void cancelWrite(Waker waker) {
        writer.cancelWrite(waker);
    }

    /**
     * {@inheritDoc}
     *
     * @throws UnsupportedOperationException when the stream cannot seek
     */
    @Override
    public void startSeek(SeekFrom position) throws IOException {
        reader.startSeek(position);
        seek = position;
    }

    @Override
    public long pollComplete(Context cx) throws IOException {
        if (seek != null) {
            if (!pollDrain(cx)) {
                return IoResult.PENDING;
            }
            seek = null;
        }
        return reader.pollComplete(cx);
    }

    /** {@return whether what was written is handed on; where that failed the seek has, too} */
    private boolean pollDrain(Context cx) throws IOException {
        try {
            return writer.pollDrain(cx);
        } catch (IOException | RuntimeException e) {
            seek = null;
            reader.forgetSeek();
            throw e;
        }
    }

    @Override
    public void cancelSeek(Waker waker) {
        reader.cancelSeek(waker);
        writer.cancelWrite(waker);
    }

    @Override
    public String toString() {
        return "BufStream[" + stream + "]";
    }
}
