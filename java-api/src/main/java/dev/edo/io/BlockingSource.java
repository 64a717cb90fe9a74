package dev.edo.io;

import java.io.IOException;

/** A call that reads and blocks. */
@FunctionalInterface
interface BlockingSource {
    /** {@return how many bytes were read into the array, at least 1; -1 at the end} */
    int read(byte[] into) throws IOException;
}
