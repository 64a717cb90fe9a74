package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Waits until a buffered source has something in memory. */
final class FillBufFuture extends ReadingFuture<AsyncBufRead, ByteBuffer> {
    FillBufFuture(AsyncBufRead source) {
        super(source);
    }

    @Override
    Poll<ByteBuffer> step(AsyncBufRead from, Context cx) throws IOException {
        var view = from.pollFillBuf(cx);
        return view == null ? Poll.pending() : Poll.ready(view);
    }
}
