package dev.edo.fs;

import dev.edo.io.SeekFrom;
import dev.edo.spi.EdoProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;

/**
 * A file by a channel of the JDK's.
 *
 * <p>Algorithm: a seek and a setLen are several calls of the channel, whose position clones of a file have in
 * common, so whoever uses the position has the turn. Threads of blocking pools wait for it. A read that the kernel makes
 * has it until the kernel is done, but waits for nothing: where it is not to be had, a thread reads.
 *
 * @param name for messages
 * @param appending whether every write goes to the end
 * @param turn one permit
 */
record ChannelFile(SeekableByteChannel channel, String name, boolean appending, Semaphore turn)
        implements BlockingFile {
    ChannelFile(SeekableByteChannel channel, String name, boolean appending) {
        this(channel, name, appending, new Semaphore(1));
    }

    @Override
    public int beginTurn() {
        if (!turn.tryAcquire()) {
            return -1;
        }
        var fd = channel.isOpen() ? EdoProvider.get().io().descriptorOf(channel) : OptionalInt.empty();
        if (fd.isEmpty()) {
            turn.release();
        }
        return fd.orElse(-1);
    }

    @Override
    public void endTurn() {
        turn.release();
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        turn.acquireUninterruptibly();
        try {
            return channel.read(dst);
        } catch (NonReadableChannelException e) {
            throw refused("reading", e);
        } finally {
            turn.release();
        }
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
        int n;
        turn.acquireUninterruptibly();
        try {
            n = channel.write(src);
        } catch (NonWritableChannelException e) {
            throw refused("writing", e);
        } finally {
            turn.release();
        }
        if (n == 0) {
            throw new FileSystemException(name, null, "a call that should block wrote nothing, channel=" + channel);
        }
        return n;
    }

    @Override
    public long seek(SeekFrom position) throws IOException {
        turn.acquireUninterruptibly();
        try {
            return seekInTurn(position);
        } finally {
            turn.release();
        }
    }

    private long seekInTurn(SeekFrom position) throws IOException {
        long target = switch (position) {
            case SeekFrom.Start(long bytes) -> bytes;
            case SeekFrom.Current(long bytes) -> sum(channel.position(), bytes);
            case SeekFrom.End(long bytes) -> sum(channel.size(), bytes);
        };
        if (target < 0) {
            throw new FileSystemException(name, null, "seek to " + position
                    + " leads out of the file; use a position from 0 to 2^63 - 1");
        }
        if (!(position instanceof SeekFrom.Current(long bytes) && bytes == 0)) {
            channel.position(target);
        }
        return target;
    }

    /** Neither is out of range by itself; a sum that is too large comes out negative. */
    private static long sum(long from, long bytes) {
        return from + bytes;
    }

    /** What the JDK has no message for. */
    private IOException refused(String what, IllegalStateException e) {
        var refused = new FileSystemException(name, null, "not open for " + what + "; open it for that");
        refused.initCause(e);
        return refused;
    }

    @Override
    public void setLen(long bytes) throws IOException {
        turn.acquireUninterruptibly();
        try {
            resize(bytes);
        } catch (NonWritableChannelException e) {
            throw refused("writing", e);
        } finally {
            turn.release();
        }
    }

    private void resize(long bytes) throws IOException {
        long size = channel.size();
        if (bytes < size) {
            long position = channel.position();
            channel.truncate(bytes);
            channel.position(position); // where the channel moved it to the new end
        } else if (bytes > size) {
            extend(bytes);
        }
    }

    /**
     * The channel can be made longer only by writing its last byte; there was none, so that is a zero. One that appends
     * would write it elsewhere: its position cannot be moved from the end.
     */
    private void extend(long bytes) throws IOException {
        long position = channel.position();
        channel.position(bytes - 1);
        try {
            if (appending || channel.position() != bytes - 1) {
                throw new FileSystemException(name, null, "setLen(" + bytes + ") of a file that is open for appending"
                        + " would extend it; open it with write(true) instead of append(true)");
            }
            int unused = channel.write(ByteBuffer.allocate(1));
        } finally {
            channel.position(position);
        }
    }

    @Override
    public void sync(boolean withMetadata) throws IOException {
        if (!(channel instanceof FileChannel file)) {
            throw new FileSystemException(name, null,
                    "its file system cannot bring it to a disk, channel=" + channel);
        }
        file.force(withMetadata);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
