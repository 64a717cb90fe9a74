package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import dev.edo.stream.Stream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a source, piece by piece.
 *
 * <p>Algorithm: pieces are cut off one block of memory until that is used up.
 *
 * <p>Invariants: {@code source} is null from the end, the first failure or the cancellation on.
 *
 * <p>Origin: tokio-util's io/reader_stream.rs.
 */
final class ReaderStream implements Stream<ByteBuffer> {
    private final int capacityBytes;
    private @Nullable AsyncRead source;
    private @Nullable ByteBuffer block;
    private @Nullable Waker registered;

    ReaderStream(AsyncRead source, int capacityBytes) {
        this.source = source;
        this.capacityBytes = BufferSize.checked(capacityBytes);
    }

    @Override
    public @Nullable ByteBuffer pollNext(Context cx) throws IOException {
        var from = source;
        if (from == null) {
            return null;
        }
        var dst = block;
        if (dst == null || !dst.hasRemaining()) {
            dst = ByteBuffer.allocate(capacityBytes);
            block = dst;
        }
        int n;
        try {
            n = from.pollRead(cx, dst);
        } catch (Throwable e) {
            source = null;
            throw e;
        }
        if (n == IoResult.PENDING) {
            registered = cx.waker();
            return null;
        }
        if (n <= 0) {
            source = null;
            return null;
        }
        return dst.slice(dst.position() - n, n);
    }

    @Override
    public boolean isTerminated() {
        return source == null;
    }

    @Override
    public void cancel() {
        var from = source;
        var waker = registered;
        source = null;
        if (from != null && waker != null) {
            from.cancelRead(waker);
        }
    }
}
