package dev.edo.impl.cancel;

import dev.edo.codec.FramedWrite;
import dev.edo.codec.Sink;
import dev.edo.future.Context;
import dev.edo.future.Waker;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A sink of buffers around one of byte arrays.
 *
 * @param frames takes the bytes
 */
record ByteFrames(FramedWrite<byte[]> frames) implements Sink<ByteBuffer> {
    @Override
    public boolean pollReady(Context cx) throws IOException {
        return frames.pollReady(cx);
    }

    @Override
    public void startSend(ByteBuffer item) throws IOException {
        var bytes = new byte[item.remaining()];
        item.get(bytes);
        frames.startSend(bytes);
    }

    @Override
    public boolean pollFlush(Context cx) throws IOException {
        return frames.pollFlush(cx);
    }

    @Override
    public boolean pollClose(Context cx) throws IOException {
        return frames.pollClose(cx);
    }

    @Override
    public void cancelSend(Waker waker) {
        frames.cancelSend(waker);
    }
}
