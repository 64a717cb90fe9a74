package dev.edo.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;

/** An output stream whose calls await a sink. */
final class AwaitingOutputStream extends OutputStream {
    private final AsyncWrite sink;
    private boolean isClosed;

    AwaitingOutputStream(AsyncWrite sink) {
        this.sink = sink;
    }

    private AsyncWrite open() throws IOException {
        if (isClosed) {
            throw new ClosedChannelException();
        }
        return sink;
    }

    @Override
    public void write(int b) throws IOException {
        open().writeAll(ByteBuffer.wrap(new byte[] {(byte) b})).await();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        open().writeAll(ByteBuffer.wrap(bytes, offset, length)).await();
    }

    @Override
    public void flush() throws IOException {
        sink.flush().await();
    }

    @Override
    public void close() throws IOException {
        if (!isClosed) {
            isClosed = true;
            sink.shutdownOutput().await();
        }
    }
}
