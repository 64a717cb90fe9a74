package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.stream.Stream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a stream's elements, one after the other. An element is shown as it is; empty ones
 * are skipped, they are not the end.
 *
 * <p>Origin: tokio-util's io/stream_reader.rs.
 */
final class StreamReader implements AsyncBufRead {
    private final Stream<? extends ByteBuffer> stream;
    private @Nullable ByteBuffer element;
    private boolean atEnd;

    StreamReader(Stream<? extends ByteBuffer> stream) {
        this.stream = stream;
    }

    @Override
    public @Nullable ByteBuffer pollFillBuf(Context cx) throws IOException {
        while (true) {
            var current = element;
            if (current != null && current.hasRemaining()) {
                return current.duplicate();
            }
            if (atEnd) {
                return EmptyBuffer.instance();
            }
            element = next(cx);
            if (element == null) {
                if (!stream.isTerminated()) {
                    return null;
                }
                atEnd = true;
            }
        }
    }

    private @Nullable ByteBuffer next(Context cx) throws IOException {
        try {
            var next = stream.pollNext(cx);
            return next == null ? null : next.duplicate();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the stream of bytes failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void consume(int bytes) {
        var current = element;
        int left = current == null ? 0 : current.remaining();
        if (bytes < 0 || bytes > left) {
            throw new IllegalArgumentException("consume bytes=" + bytes + ": only " + left
                    + " are there; consume no more than fillBuf() returned");
        }
        if (current != null) {
            current.position(current.position() + bytes);
        }
    }

    @Override
    public int pollRead(Context cx, ByteBuffer dst) throws IOException {
        if (!dst.hasRemaining()) {
            return 0;
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
        consume(n);
        return n;
    }
}
