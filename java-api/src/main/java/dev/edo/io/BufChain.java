package dev.edo.io;

import dev.edo.future.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A buffered source, and another one when it has ended. */
final class BufChain extends Chain<AsyncBufRead> implements AsyncBufRead {
    BufChain(AsyncBufRead first, AsyncBufRead second) {
        super(first, second);
    }

    @Override
    public @Nullable ByteBuffer pollFillBuf(Context cx) throws IOException {
        var view = current().pollFillBuf(cx);
        boolean atEnd = view != null && !view.hasRemaining();
        return atEnd && advance() ? current().pollFillBuf(cx) : view;
    }

    @Override
    public void consume(int bytes) {
        current().consume(bytes);
    }
}
