package dev.edo.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** An input stream whose calls await a source. */
final class AwaitingInputStream extends InputStream {
    private static final int BYTE_MASK = 0xff;

    private final AsyncRead source;
    private final ByteBuffer single = ByteBuffer.allocate(1);

    AwaitingInputStream(AsyncRead source) {
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        return source.read(single.clear()).await() < 0 ? -1 : single.get(0) & BYTE_MASK;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        return length == 0 ? 0 : source.read(ByteBuffer.wrap(into, offset, length)).await();
    }

    @Override
    public int available() {
        return source instanceof BufReader<?> buffered ? buffered.buffered().remaining() : 0;
    }
}
