package dev.edo.fs;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Waker;
import dev.edo.internal.BlockingCalls;
import dev.edo.io.AsyncRead;
import dev.edo.io.AsyncSeek;
import dev.edo.io.AsyncWrite;
import dev.edo.io.IoResult;
import dev.edo.io.SeekFrom;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An open file that is read, written and sought in by calls on the blocking pool, one at a time, through a
 * buffer.
 *
 * <pre>{@code
 * try (var log = File.create(Path.of("run.log")).await()) {
 *     log.writeAll(StandardCharsets.UTF_8.encode("started\n")).await();
 *     log.flush().await();
 * }
 * try (var log = File.open(Path.of("run.log")).await()) {
 *     var lines = new BufReader<>(log).lines();
 *     for (String line; (line = lines.nextLine().await()) != null; ) {
 *         handle(line);
 *     }
 * }
 * }</pre>
 *
 * <p>A file belongs to one task at a time, which has one operation of it at a time; {@link #tryClone()}
 * gives another task the same file. The operation runs in the runtime of whoever polls it. Each trip to the
 * pool costs some microseconds, so read and write large pieces, or through {@link dev.edo.io.BufReader} and
 * {@link dev.edo.io.BufWriter}. A runtime with {@link dev.edo.runtime.RuntimeBuilder#enableIoUring} has the kernel open
 * and read instead.
 *
 * <p><em>Ordering:</em> a write completes when its bytes are in the buffer and the call that writes them
 * has begun or is queued; whatever comes next waits for that call. {@link #flush()} and {@link
 * #shutdownOutput()} wait for it, too; neither brings anything to the disk, which {@link #syncAll()} and
 * {@link #syncData()} do. What was read ahead and not taken is dropped by a seek, a write and {@link
 * #setLen}, and the position is as if it had never been read.
 *
 * <p><em>Errors:</em> those of the JDK, with the path: {@link java.nio.file.NoSuchFileException},
 * {@link java.nio.file.AccessDeniedException} and others. What a write failed with in the background comes
 * once, from the next write, flush, shutdown or sync; reads and seeks in between go on. A file that was not
 * opened for what is asked fails with {@link FileSystemException}, a closed one with {@link
 * ClosedChannelException}.
 *
 * <p><em>Cancel safety:</em> a read that was given up goes on, and the next one gets its bytes. A write
 * that was given up while it was waiting has written nothing; once it has completed its bytes get written
 * whoever gives up what.
 *
 * <p><em>Closing:</em> {@link #close()} waits for nothing. Bytes that a write has taken are written all the
 * same, then the file is closed; but nobody learns whether that worked, so flush before. A file that was
 * forgotten is closed when it is collected.
 *
 * <p><em>Shutdown of the runtime:</em> a write that has completed is carried out, and the shutdown waits
 * for it. Reads and other calls that were waiting for a thread of the pool are dropped and fail with {@link
 * dev.edo.runtime.RuntimeShutdownException}; so are reads that the kernel makes. The file can go on in another
 * runtime.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/fs/struct.File.html">tokio::fs::File</a>
 */
public final class File implements AsyncRead, AsyncWrite, AsyncSeek, Closeable {
    /*
     * Algorithm: a FileHandle is what this may do with the open file, a BufferedFile the bytes and the position as
     * the user sees them, and a FileJob what is in flight on the pool. At most one operation is; whoever polls
     * something else waits for its end, and leaves what does not concern it where the next one finds it.
     *
     * Origin: Tokio's fs/file.rs. Unlike there, a sync fails where a write before it did, a sync is in
     * flight as everything else is, and a file that was not opened for reading or writing says so at once.
     */

    /** How many bytes one operation reads or writes at most, unless {@link #setMaxBufSize} said otherwise. */
    public static final int DEFAULT_MAX_BUF_SIZE_BYTES = 2 * 1024 * 1024;

    private final FileHandle handle;
    private final BufferedFile content;
    private final FileJob job;
    private final BlockingCalls calls;
    private int maxBufSizeBytes = DEFAULT_MAX_BUF_SIZE_BYTES;

    /** A file that was just opened, with a handle of which this is a user. */
    File(SharedHandle<BlockingFile> handle, FileIdentity identity, FileAccess access, BlockingCalls calls) {
        this(new FileHandle(handle, identity, access), 0, calls);
    }

    private File(FileHandle handle, long position, BlockingCalls calls) {
        this.handle = handle;
        this.content = new BufferedFile(handle.file(), handle.name(), position);
        this.job = new FileJob(handle, content, calls);
        this.calls = calls;
    }

    /**
     * Opens a file for reading.
     *
     * <p><em>Cancel safety:</em> a cancelled call leaves nothing open.
     *
     * @param path where it is
     * @return the file, at its start; fails with {@link java.nio.file.NoSuchFileException} where there is none
     */
    @CheckReturnValue
    public static IoFuture<File> open(Path path) {
        return options().read(true).open(path);
    }

    /**
     * Opens a file for writing: creates it, or empties the one that there is.
     *
     * <p><em>Cancel safety:</em> a cancelled call leaves nothing open; it may have created or emptied the file.
     *
     * @param path where it is
     * @return the file
     */
    @CheckReturnValue
    public static IoFuture<File> create(Path path) {
        return options().write(true).create(true).truncate(true).open(path);
    }

    /**
     * Creates a file that is not there, for reading and writing. Looking and creating is one step, which no
     * other process can come between.
     *
     * <p><em>Cancel safety:</em> a cancelled call leaves nothing open; it may have created the file.
     *
     * @param path where it will be
     * @return the file; fails with {@link java.nio.file.FileAlreadyExistsException} where there is one
     */
    @CheckReturnValue
    public static IoFuture<File> createNew(Path path) {
        return options().read(true).write(true).createNew(true).open(path);
    }

    /**
     * A file by a channel that somebody else has opened, such as a {@link java.nio.channels.FileChannel}.
     * Where it is none of the JDK's own for the system's files, {@link #metadata()} and {@link
     * #setPermissions} fail: it does not tell its path.
     *
     * @param channel this file's from now on, which closes it
     * @return the file, where the channel is
     * @throws IOException when the channel does not tell its position
     */
    public static File from(SeekableByteChannel channel) throws IOException {
        var identity = FileIdentity.of(channel);
        var shared = new SharedHandle<BlockingFile>(new ChannelFile(channel, identity.name(), false));
        var handle = new FileHandle(shared, identity, new FileAccess(true, true));
        return new File(handle, channel.position(), BlockingCalls.OF_CURRENT_RUNTIME);
    }

    /** {@return options for opening a file, none of them set} */
    public static OpenOptions options() {
        return new OpenOptions();
    }

    // ---- reading

    @Override
    public int pollRead(Context cx, ByteBuffer dst) throws IOException {
        handle.checkOpen();
        handle.checkReadable();
        if (dst.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
        if (!dst.hasRemaining()) {
            return 0;
        }
        while (true) {
            if (job.isIdle()) {
                if (content.hasReadAhead()) {
                    return takeReadAhead(cx, dst);
                }
                job.startRead(Math.min(dst.remaining(), maxBufSizeBytes));
            }
            var ended = job.poll(cx);
            if (ended == null) {
                return IoResult.PENDING;
            }
            if (ended.operation() == FileJob.Operation.READ) {
                ended.throwFailure();
                return ended.result() < 0 ? IoResult.END_OF_STREAM : content.take(dst);
            }
        }
    }

    /** What is in the buffer costs no wait, but budget. */
    private int takeReadAhead(Context cx, ByteBuffer dst) {
        if (!cx.pollProceed()) {
            return IoResult.PENDING;
        }
        cx.madeProgress();
        return content.take(dst);
    }

    @Override
    public void cancelRead(Waker waker) {
        job.forget(waker);
    }

    // ---- writing

    @Override
    public int pollWrite(Context cx, ByteBuffer src) throws IOException {
        return pollWrite(cx, new ByteBuffer[] {src});
    }

    @Override
    public int pollWrite(Context cx, ByteBuffer[] srcs) throws IOException {
        handle.checkOpen();
        handle.checkWritable();
        if (!pollFlush(cx)) {
            return IoResult.PENDING;
        }
        int length = 0;
        for (var src : srcs) {
            length += Math.min(src.remaining(), maxBufSizeBytes - length);
        }
        if (length == 0) {
            return 0;
        }
        job.startWrite(srcs, length);
        int left = length;
        for (var src : srcs) {
            int n = Math.min(src.remaining(), left);
            src.position(src.position() + n);
            left -= n;
        }
        return length;
    }

    @Override
    public boolean isWriteVectored() {
        return true;
    }

    @Override
    public boolean pollFlush(Context cx) throws IOException {
        handle.checkOpen();
        job.throwWriteFailure();
        if (!job.pollIdle(cx)) {
            return false;
        }
        job.throwWriteFailure();
        return true;
    }

    /** Flushes; the file stays open, and can be written to all the same. */
    @Override
    public boolean pollShutdown(Context cx) throws IOException {
        return pollFlush(cx);
    }

    @Override
    public void cancelWrite(Waker waker) {
        job.forget(waker);
    }

    // ---- seeking

    /**
     * {@inheritDoc}
     *
     * <p>What was read ahead is dropped; {@link SeekFrom.Current} counts from where the user has got to.
     * Fails while another operation is in flight, which {@link #pollComplete} waits for.
     */
    @Override
    public void startSeek(SeekFrom position) throws IOException {
        handle.checkOpen();
        if (!job.isIdle()) {
            throw new FileSystemException(handle.name(), null, "seek to " + position
                    + " while another operation is in flight; await that first, or call pollComplete()");
        }
        job.startSeek(position);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Without a seek the position is counted, not asked for: a file that is open for appending and one
     * that has clones are told by {@link #streamPosition()}.
     */
    @Override
    public long pollComplete(Context cx) throws IOException {
        handle.checkOpen();
        while (!job.isIdle()) {
            var ended = job.poll(cx);
            if (ended == null) {
                return IoResult.PENDING;
            }
            if (ended.operation() == FileJob.Operation.SEEK) {
                ended.throwFailure();
                return ended.result();
            }
        }
        return content.position();
    }

    @Override
    public void cancelSeek(Waker waker) {
        job.forget(waker);
    }

    // ---- the file itself

    /**
     * Waits until all that was written, and what the system knows about the file, is on the disk.
     *
     * <p><em>Cancel safety:</em> a cancelled call goes on, if it has begun; nobody learns whether it worked.
     *
     * @return completes when that is done; fails also where a write before it failed
     */
    @CheckReturnValue
    public IoFuture<@Nullable Void> syncAll() {
        return new FileCall(job, true, false, () -> handle.file().sync(true));
    }

    /**
     * Waits until all that was written is on the disk, but not what is not needed to read it, such as times.
     *
     * <p><em>Cancel safety:</em> as that of {@link #syncAll()}.
     *
     * @return completes when that is done; fails also where a write before it failed
     */
    @CheckReturnValue
    public IoFuture<@Nullable Void> syncData() {
        return new FileCall(job, true, false, () -> handle.file().sync(false));
    }

    /**
     * Cuts the file off or fills it up with zeros. The position stays where it is, be it behind the end.
     *
     * <p>The JDK extends a file only by writing its last byte: where another process extends it at the same
     * moment, its byte there may become zero. A file that was opened for appending cannot be extended so,
     * and fails.
     *
     * <p><em>Cancel safety:</em> a cancelled call goes on, if it has begun.
     *
     * @param bytes the new size, not negative
     * @return completes when that is done
     * @throws IllegalArgumentException when {@code bytes} is negative
     */
    @CheckReturnValue
    public IoFuture<@Nullable Void> setLen(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes=" + bytes + ": a file has at least 0");
        }
        return new FileCall(job, false, true, () -> {
            handle.checkWritable();
            content.setLen(bytes);
        });
    }

    /**
     * Reads what the file system knows about the file, without waiting for a write in flight. Where the
     * file system is a POSIX one, {@link Fs#metadata(Path, Class)} tells more.
     *
     * <p>It is the open file that is asked about, be it renamed or removed. In file systems other than the
     * system's own, and where Linux has no {@code /proc}, files are looked up by their paths: there this fails when
     * the file was renamed or removed, or when another one has taken its place.
     *
     * <p><em>Cancel safety:</em> nothing is changed.
     *
     * @return its size, kind and times
     */
    @CheckReturnValue
    public IoFuture<BasicFileAttributes> metadata() {
        return new BlockingFuture<>("metadata of " + handle.name(), handle::attributes);
    }

    /**
     * Changes who may do what with the file that is open, which is found as by {@link #metadata()}.
     *
     * <p><em>Cancel safety:</em> a cancelled call goes on, if it has begun.
     *
     * @param permissions all that are to be granted, and no others
     * @return completes when that is done; fails with {@link UnsupportedOperationException} where the file
     *     system is no POSIX one
     */
    @CheckReturnValue
    public IoFuture<@Nullable Void> setPermissions(Set<PosixFilePermission> permissions) {
        var granted = Set.copyOf(permissions);
        return new BlockingFuture<>("setPermissions of " + handle.name(), () -> {
            handle.setPermissions(granted);
            return null;
        });
    }

    /**
     * Makes another object for the same open file, which has the position in common with this one. What
     * this one has read ahead the other one does not see. The file is closed when both are.
     *
     * <p>Waits for the operation in flight.
     *
     * <p><em>Cancel safety:</em> nothing is changed.
     *
     * @return the other one, with the same {@link #maxBufSize()}
     */
    @CheckReturnValue
    public IoFuture<File> tryClone() {
        return new FileClone(this, job);
    }

    File share() throws IOException {
        var shared = new File(handle.share(), content.cursor(), calls);
        shared.maxBufSizeBytes = maxBufSizeBytes;
        return shared;
    }

    /**
     * Takes the JDK's channel out of this file, which is closed then. Waits for the operation in flight, and
     * for calls that were given up; the channel is where the user has got to.
     *
     * <p><em>Cancel safety:</em> the file can be used on.
     *
     * @return the channel, which the caller closes; fails where a write before it failed, and where there
     *     are clones
     */
    @CheckReturnValue
    public IoFuture<SeekableByteChannel> intoChannel() {
        return new IntoChannel(handle, new FileCall(job, true, true, content::goBack));
    }

    /**
     * Takes the JDK's channel out of this file if nothing has to be waited for; see {@link #intoChannel()}.
     *
     * @return the channel; null where an operation is in flight, a call that was given up is still being made,
     *     or what was read ahead is to be gone back by
     * @throws IOException where a write before it failed, and where there are clones
     */
    public @Nullable SeekableByteChannel tryIntoChannel() throws IOException {
        if (!pollFlush(Context.of(() -> {})) || content.isAhead()) {
            return null;
        }
        return handle.takeChannel();
    }

    /** {@return how many bytes one operation reads or writes at most} */
    public int maxBufSize() {
        return maxBufSizeBytes;
    }

    /**
     * Limits how many bytes one operation reads or writes, and so the memory of the buffer, which grows as
     * needed.
     *
     * @param bytes at least 1
     * @throws IllegalArgumentException when it is less
     */
    public void setMaxBufSize(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("bytes=" + bytes + ": the buffer needs at least 1");
        }
        maxBufSizeBytes = bytes;
    }

    /**
     * Closes the file, or leaves that to the call in flight, which is carried out. Closing again does nothing.
     *
     * <p><em>Blocking:</em> where nothing is in flight, the calling thread closes; that takes no time but
     * on some network file systems.
     *
     * @throws IOException where closing failed
     */
    @Override
    public void close() throws IOException {
        handle.close();
    }

    @Override
    public String toString() {
        return "File[" + handle.name() + (handle.isClosed() ? ", closed]" : "]");
    }
}
