package dev.edo.io;

import dev.edo.codec.Sink;
import dev.edo.future.Context;
import dev.edo.future.Waker;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Hands what is written to a sink of buffers, each write a copy of its own.
 *
 * <p>Origin: tokio-util's io/sink_writer.rs and io/copy_to_bytes.rs.
 */
final class SinkWriter implements AsyncWrite {
    private final Sink<? super ByteBuffer> sink;

    SinkWriter(Sink<? super ByteBuffer> sink) {
        this.sink = sink;
    }

    @Override
    public int pollWrite(Context cx, ByteBuffer src) throws IOException {
        if (!sink.pollReady(cx)) {
            return IoResult.PENDING;
        }
        int n = src.remaining();
        sink.startSend(ByteBuffer.allocate(n).put(0, src, src.position(), n));
        src.position(src.limit());
        return n;
    }

    @Override
    public boolean pollFlush(Context cx) throws IOException {
        return sink.pollFlush(cx);
    }

    @Override
    public boolean pollShutdown(Context cx) throws IOException {
        return sink.pollClose(cx);
    }

    @Override
    public void cancelWrite(Waker waker) {
        sink.cancelSend(waker);
    }
}
