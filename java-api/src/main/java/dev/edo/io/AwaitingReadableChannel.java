package dev.edo.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;

/** A channel whose reads await a source. */
final class AwaitingReadableChannel implements ReadableByteChannel {
    private final AsyncRead source;
    private volatile boolean isClosed;

    AwaitingReadableChannel(AsyncRead source) {
        this.source = source;
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        if (isClosed) {
            throw new ClosedChannelException();
        }
        return source.read(dst).await();
    }

    @Override
    public boolean isOpen() {
        return !isClosed;
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
