package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** A source that shows what is read from it. */
final class InspectReader implements AsyncRead {
    private final AsyncRead source;
    private final Consumer<? super ByteBuffer> inspector;

    InspectReader(AsyncRead source, Consumer<? super ByteBuffer> inspector) {
        this.source = source;
        this.inspector = inspector;
    }

    @Override
    public int pollRead(Context cx, ByteBuffer dst) throws IOException {
        int before = dst.position();
        int n = source.pollRead(cx, dst);
        if (n > 0) {
            inspector.accept(dst.duplicate().flip().position(before).asReadOnlyBuffer());
        }
        return n;
    }

    @Override
    public void cancelRead(Waker waker) {
        source.cancelRead(waker);
    }
}
