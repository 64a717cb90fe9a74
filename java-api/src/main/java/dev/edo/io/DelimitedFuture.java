package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads up to a delimiter or the end of the stream.
 *
 * @param <T> what the bytes are made into
 */
final class DelimitedFuture<T extends @Nullable Object> extends ReadingFuture<AsyncBufRead, T> {
    /** What becomes of the bytes. */
    @FunctionalInterface
    interface Result<T extends @Nullable Object> {
        T of(Delimited bytes) throws IOException;
    }

    private final Delimited bytes;
    private final Result<T> result;

    DelimitedFuture(AsyncBufRead source, Delimited bytes, Result<T> result) {
        super(source);
        this.bytes = bytes;
        this.result = result;
    }

    @Override
    Poll<T> step(AsyncBufRead from, Context cx) throws IOException {
        return bytes.pollCollect(from, cx) ? Poll.ready(result.of(bytes)) : Poll.pending();
    }
}
