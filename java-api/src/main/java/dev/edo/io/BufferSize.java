package dev.edo.io;

import java.nio.ByteBuffer;

/** Checks the buffers that callers ask for. */
final class BufferSize {
    private BufferSize() {}

    static int checked(int capacityBytes) {
        if (capacityBytes < 1) {
            throw new IllegalArgumentException("capacity=" + capacityBytes + " bytes: at least 1 is needed");
        }
        return capacityBytes;
    }

    static ByteBuffer writable(ByteBuffer buffer) {
        int unused = checked(buffer.capacity());
        if (buffer.isReadOnly()) {
            throw new IllegalArgumentException(
                    "buffer=" + buffer + " is read-only; use one that can be written");
        }
        return buffer;
    }
}
