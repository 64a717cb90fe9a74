package dev.edo.io;

import java.io.IOException;

/** Calls that write and block. */
interface BlockingSink {
    /** Writes all of the first bytes of an array. */
    void write(byte[] bytes, int length) throws IOException;

    void flush() throws IOException;

    void close() throws IOException;
}
