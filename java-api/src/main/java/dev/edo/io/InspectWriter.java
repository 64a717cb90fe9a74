package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** A sink that shows what it took. */
final class InspectWriter implements AsyncWrite {
    private final AsyncWrite sink;
    private final Consumer<? super ByteBuffer> inspector;

    InspectWriter(AsyncWrite sink, Consumer<? super ByteBuffer> inspector) {
        this.sink = sink;
        this.inspector = inspector;
    }

    @Override
    public int pollWrite(Context cx, ByteBuffer src) throws IOException {
        int before = src.position();
        int n = sink.pollWrite(cx, src);
        show(src, before);
        return n;
    }

    @Override
    public int pollWrite(Context cx, ByteBuffer[] srcs) throws IOException {
        var before = new int[srcs.length];
        for (int i = 0; i < srcs.length; i++) {
            before[i] = srcs[i].position();
        }
        int n = sink.pollWrite(cx, srcs);
        for (int i = 0; i < srcs.length; i++) {
            show(srcs[i], before[i]);
        }
        return n;
    }

    private void show(ByteBuffer src, int before) {
        if (src.position() > before) {
            inspector.accept(src.duplicate().flip().position(before).asReadOnlyBuffer());
        }
    }

    @Override
    public boolean isWriteVectored() {
        return sink.isWriteVectored();
    }

    @Override
    public boolean pollFlush(Context cx) throws IOException {
        return sink.pollFlush(cx);
    }

    @Override
    public boolean pollShutdown(Context cx) throws IOException {
        return sink.pollShutdown(cx);
    }

    @Override
    public void cancelWrite(Waker waker) {
        sink.cancelWrite(waker);
    }
}
