package dev.edo.io;

import java.io.IOException;
import java.io.OutputStream;

/** The blocking calls of an output stream. */
record OutputStreamSink(OutputStream out) implements BlockingSink {
    @Override
    public void write(byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
