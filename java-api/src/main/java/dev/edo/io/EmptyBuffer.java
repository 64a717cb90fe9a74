package dev.edo.io;

import java.nio.ByteBuffer;

/** The buffer without room that stands for the end of a stream. */
final class EmptyBuffer {
    private EmptyBuffer() {}

    /** A new one, because the order and the mark of a shared one could be changed. */
    static ByteBuffer instance() {
        return ByteBuffer.allocate(0);
    }
}
