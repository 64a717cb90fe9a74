package dev.edo.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;

/** A channel whose writes await a sink, until it has taken everything. */
final class AwaitingWritableChannel implements WritableByteChannel {
    private final AsyncWrite sink;
    private volatile boolean isClosed;

    AwaitingWritableChannel(AsyncWrite sink) {
        this.sink = sink;
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
        if (isClosed) {
            throw new ClosedChannelException();
        }
        int length = src.remaining();
        sink.writeAll(src).await();
        return length;
    }

    @Override
    public boolean isOpen() {
        return !isClosed;
    }

    @Override
    public void close() throws IOException {
        if (!isClosed) {
            isClosed = true;
            sink.shutdownOutput().await();
        }
    }
}
