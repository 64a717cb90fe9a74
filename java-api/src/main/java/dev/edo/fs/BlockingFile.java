package dev.edo.fs;

import dev.edo.io.SeekFrom;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** The calls of an open file, which block, but for the last two. */
interface BlockingFile extends Closeable {
    /** {@return how many bytes, at least 1; -1 at the end} */
    int read(ByteBuffer dst) throws IOException;

    /** {@return how many bytes, at least 1} */
    int write(ByteBuffer src) throws IOException;

    /** {@return the new position} */
    long seek(SeekFrom position) throws IOException;

    /** Cuts or extends the file; the position stays. */
    void setLen(long bytes) throws IOException;

    /** {@return what it is a file by} */
    SeekableByteChannel channel();

    /**
     * Keeps all other calls of this waiting, if none is being made, until {@link #endTurn}.
     *
     * @return the descriptor; negative where there is none, or a call is being made
     */
    default int beginTurn() {
        return -1;
    }

    /** After {@link #beginTurn} that returned a descriptor; any thread, and does not wait. */
    default void endTurn() {}

    /** Brings what was written to the disk. */
    void sync(boolean withMetadata) throws IOException;
}
