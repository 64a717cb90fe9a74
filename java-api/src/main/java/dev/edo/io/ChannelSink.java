package dev.edo.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** The blocking calls of a channel. */
record ChannelSink(WritableByteChannel channel) implements BlockingSink {
    @Override
    public void write(byte[] bytes, int length) throws IOException {
        var src = ByteBuffer.wrap(bytes, 0, length);
        while (src.hasRemaining()) {
            if (channel.write(src) == 0) {
                throw new IOException("a call that should block wrote nothing, channel=" + channel
                        + "; switch it to blocking mode");
            }
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
