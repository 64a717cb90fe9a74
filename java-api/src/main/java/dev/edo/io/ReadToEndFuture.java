package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads until the end of the stream.
 *
 * @param <T> what the bytes are made into
 */
final class ReadToEndFuture<T> extends ReadingFuture<AsyncRead, T> {
    /** What becomes of the bytes. */
    @FunctionalInterface
    interface Result<T> {
        T of(Accumulator bytes) throws IOException;
    }

    private final Accumulator bytes;
    private final Result<T> result;
    private @Nullable ByteBuffer room;

    ReadToEndFuture(AsyncRead source, int limitBytes, Result<T> result) {
        super(source);
        this.bytes = new Accumulator("what came before the end of the stream", limitBytes);
        this.result = result;
    }

    @Override
    Poll<T> step(AsyncRead from, Context cx) throws IOException {
        while (true) {
            var dst = room;
            if (dst == null || !dst.hasRemaining()) {
                dst = bytes.room();
                room = dst;
            }
            int n = from.pollRead(cx, dst);
            if (n == IoResult.PENDING) {
                return Poll.pending();
            }
            if (n <= 0) {
                return Poll.ready(result.of(bytes));
            }
            bytes.filled(n);
        }
    }
}
