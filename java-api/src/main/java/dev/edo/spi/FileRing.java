package dev.edo.spi;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import dev.edo.runtime.RuntimeShutdownException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calls on files that the kernel carries out by itself, without a thread that waits for them: io_uring.
 *
 * <p>Each method that begins a call returns null where the call is to be made on the blocking pool instead: the kernel
 * does not know this one, has no room for it now, or the path is of another file system.
 */
public interface FileRing {
    /** What a call failed with where there is no such file. */
    int NO_SUCH_FILE = -2;

    /** A call in flight, of which its owner alone knows; it is closed in the end, whatever it came to. */
    interface Call extends AutoCloseable {
        /** What {@link #poll} returns until the call has ended; no error number. */
        int PENDING = Integer.MIN_VALUE;

        /**
         * Looks for the end of the call.
         *
         * @param cx whom to wake, and the budget
         * @return the result; a negative one is an error number; or {@link #PENDING}
         * @throws RuntimeShutdownException where the runtime ended, and the kernel did not end the call in time
         */
        int poll(Context cx) throws RuntimeShutdownException;

        /**
         * Who polled with this waker waits no more; the call goes on.
         *
         * @param waker the one that needs no waking any more
         */
        void forget(Waker waker);

        /**
         * Copies what a read has brought.
         *
         * @param target to its start
         * @param offset where the first byte goes
         * @param length how many, at most the result
         */
        void copyTo(byte[] target, int offset, int length);

        /**
         * Gives the call up: asks the kernel to end it early, and has what it opens closed. Its memory is kept until the
         * kernel is done with it. After a poll that returned the result this only lets go of the memory.
         */
        @Override
        void close();
    }

    /**
     * Reads where the file is, and moves that.
     *
     * @param fd open until this call was begun
     * @param mostBytes at least 1
     * @param atEnd is run once when the call has ended, before its owner is woken; not where this returns null
     * @return the call, whose result is the number of bytes, 0 at the end of the file
     */
    @Nullable Call read(int fd, int mostBytes, Runnable atEnd);

    /**
     * Writes where the file is, and moves that.
     *
     * @param fd open until this call was begun
     * @param source is copied
     * @param offset of the first byte in the source
     * @param length at least 1
     * @return the call, whose result is the number of bytes
     */
    @Nullable Call write(int fd, byte[] source, int offset, int length);

    /**
     * Opens a file.
     *
     * @param path which one
     * @param how what for
     * @param mode the permissions of a file that is created; null for all to read and write
     * @return the call, whose result is a descriptor
     */
    @Nullable Call open(Path path, How how, @Nullable Set<PosixFilePermission> mode);

    /**
     * What a file is opened for.
     *
     * @param read to read
     * @param write to write
     * @param append to write at the end
     * @param truncate to be emptied
     * @param create to be created where it is not there
     * @param createNew to be created, and not to be there
     */
    record How(boolean read, boolean write, boolean append, boolean truncate, boolean create, boolean createNew) {}

    /**
     * Asks whether a file is there, behind all symbolic links.
     *
     * @param path which one
     * @return the call, whose result is 0 or {@link #NO_SUCH_FILE}
     */
    @Nullable Call stat(Path path);

    /**
     * Gives a file another name.
     *
     * @param from the old one
     * @param to the new one
     * @return the call, whose result is 0
     */
    @Nullable Call rename(Path from, Path to);

    /**
     * Makes a channel of a descriptor that {@link #open} has opened, to which it belongs from then on.
     *
     * @param fd a result of {@link #open}
     * @param path of the file
     * @param how as given there
     * @return the channel
     */
    FileChannel channel(int fd, Path path, How how);

    /**
     * Closes a descriptor that {@link #open} has opened.
     *
     * @param fd a result of {@link #open}
     * @return 0, or an error number that is negative
     */
    int close(int fd);
}
