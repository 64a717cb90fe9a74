package dev.edo.fs;

import dev.edo.io.SeekFrom;
import dev.edo.spi.FileRing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;

/**
 * The bytes and the position of an open file: what was read ahead of its user, or is on its way into the file, and
 * where the user has got to.
 *
 * <p>Invariants: all of it belongs to the {@link FileJob} while that runs, and to the task that uses the file
 * otherwise. {@code cursor} is where the file is, unless it has clones or is open for appending. The position as the
 * user sees it is {@code cursor - ahead - buffer.remaining()}, unless a write is in flight. {@code ahead > 0} only
 * while nothing is left in the buffer: that is what was read ahead and dropped, and whatever is done to the file next
 * goes back by it first.
 */
final class BufferedFile {
    private final BlockingFile file;
    private final String name;
    private final FileBuffer buffer = new FileBuffer();
    private long cursor;
    private long ahead;

    /**
     * A file with nothing read ahead.
     *
     * @param name for messages
     * @param position where the file is
     */
    BufferedFile(BlockingFile file, String name, long position) {
        this.file = file;
        this.name = name;
        this.cursor = position;
    }

    // ---- for the user's task

    /** {@return where the user has got to} */
    long position() {
        return cursor - ahead - buffer.remaining();
    }

    /** {@return where the file is, which clones of it have in common} */
    long cursor() {
        return cursor;
    }

    /** {@return whether the file is not where its user has got to} */
    boolean isAhead() {
        return ahead + buffer.remaining() > 0;
    }

    /** {@return whether there are bytes that were read and not taken} */
    boolean hasReadAhead() {
        return buffer.remaining() > 0;
    }

    /** Gives as much of what was read as there is room for. */
    int take(ByteBuffer dst) {
        return buffer.copyTo(dst);
    }

    void dropReadAhead() {
        ahead += buffer.clear();
    }

    /** Takes the first bytes, to be written; the sources stay as they are. */
    void put(ByteBuffer[] srcs, int length) {
        dropReadAhead();
        buffer.copyFrom(srcs, length);
    }

    /** Forgets what was to be written: no read may find it. */
    void dropUnwritten() {
        int unused = buffer.clear();
    }

    // ---- for the job, where the kernel reads

    /** {@return whether a read may begin where the file is} */
    boolean isWhereTheFileIs() {
        return ahead == 0;
    }

    /** Takes what the kernel has read. */
    void take(FileRing.Call read, int bytes) {
        buffer.copyFrom(read, bytes);
        cursor += bytes;
    }

    // ---- for the job, on the blocking pool

    /** {@return how many bytes were read, -1 at the end of the file} */
    long read(int mostBytes) throws IOException {
        goBack();
        int n = buffer.readFrom(file, mostBytes);
        cursor += Math.max(n, 0);
        return n;
    }

    /** Writes what was put in here, of which nothing is left, even where that fails. */
    void write() throws IOException {
        try {
            goBack();
            buffer.writeTo(file, n -> cursor += n);
        } finally {
            dropUnwritten();
        }
    }

    /** {@return the new position} */
    long seek(SeekFrom position) throws IOException {
        var target = position;
        if (position instanceof SeekFrom.Current(long bytes) && ahead > 0) {
            if (bytes < Long.MIN_VALUE + ahead) {
                throw new FileSystemException(name, null,
                        "seek to " + position + " leads out of the file; use a position from 0 to 2^63 - 1");
            }
            target = SeekFrom.current(bytes - ahead);
        }
        cursor = file.seek(target);
        ahead = 0;
        return cursor;
    }

    void setLen(long bytes) throws IOException {
        goBack();
        file.setLen(bytes);
    }

    /** Brings the file to where its user has got to, once what was read ahead is dropped. */
    void goBack() throws IOException {
        if (ahead > 0) {
            cursor = file.seek(SeekFrom.current(-ahead));
            ahead = 0;
        }
    }
}
