package dev.edo.fs;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Waker;
import dev.edo.internal.BlockingCalls;
import dev.edo.internal.BlockingJob;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
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
 * {@link dev.edo.io.BufWriter}.
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
 * dev.edo.runtime.RuntimeShutdownException}; the file can go on in another runtime.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/fs/struct.File.html">tokio::fs::File</a>
 */
public final class File implements AsyncRead, AsyncWrite, AsyncSeek, Closeable {
    /*
     * Algorithm: at most one job runs, and inFlight says of what kind. Whoever polls something else waits
     * for its end, and takes from it what concerns it: a read its bytes, which stay in the buffer
     * otherwise; a seek its position; a write, flush or sync the failure of a write, which is kept
     * otherwise.
     *
     * Invariants: while a job runs, the buffer, cursor and ahead are the job's. The position as the user
     * sees it is cursor - ahead - buffer.remaining() unless a write is in flight. ahead > 0 only while
     * nothing is left in the buffer: that is what was read ahead and dropped, and the next job goes back by
     * it before it does anything.
     *
     * Closing: this is one user of the handle, and so is each job, a write from the moment on when it is
     * queued, all others while they run. The last one closes.
     *
     * Origin: Tokio's fs/file.rs. Unlike there, a sync fails where a write before it did, a sync is in
     * flight as everything else is, and a file that was not opened for reading or writing says so at once.
     */

    /** How many bytes one operation reads or writes at most, unless {@link #setMaxBufSize} said otherwise. */
    public static final int DEFAULT_MAX_BUF_SIZE_BYTES = 2 * 1024 * 1024;

    private enum Operation {
        NONE,
        READ,
        WRITE,
        SEEK,
        CALL
    }

    /** How an operation ended. */
    private record Ended(Operation operation, long result, @Nullable Throwable failure) {}

    private final SharedHandle<BlockingFile> handle;
    private final FileIdentity identity;
    private final FileAccess access;
    private final BlockingCalls calls;
    private final BlockingJob job;
    private final FileBuffer buffer = new FileBuffer();
    private final AtomicBoolean closed = new AtomicBoolean();
    private Operation inFlight = Operation.NONE;
    private @Nullable FileCall call;
    private @Nullable Throwable writeFailure;
    private int maxBufSizeBytes = DEFAULT_MAX_BUF_SIZE_BYTES;
    private long cursor;
    private long ahead;

    /** A file with a handle of which this is a user. */
    File(SharedHandle<BlockingFile> handle, FileIdentity identity, FileAccess access, BlockingCalls calls) {
        this.handle = handle;
        this.identity = identity;
        this.access = access;
        this.calls = calls;
        this.job = new BlockingJob("an operation on " + identity.name(), calls);
    }

    /**
     * Opens a file for reading.
     *
     * <p><em>Cancel safety:</em> a cancelled call leaves nothing open.
     *
     * @param path where it is
     * @return the file, at its start; fails with {@link java.nio.file.NoSuchFileException} where there is none
     */
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
    public static IoFuture<File> createNew(Path path) {
        return options().read(true).write(true).createNew(true).open(path);
    }

    /**
     * A file by a channel that somebody else has opened, such as a {@link java.nio.channels.FileChannel}.
     * What needs its path, {@link #metadata()} and {@link #setPermissions}, fails.
     *
     * @param channel this file's from now on, which closes it
     * @return the file, where the channel is
     * @throws IOException when the channel does not tell its position
     */
    public static File from(SeekableByteChannel channel) throws IOException {
        var identity = FileIdentity.of(channel);
        var handle = new SharedHandle<BlockingFile>(new ChannelFile(channel, identity.name(), false));
        var file = new File(handle, identity, new FileAccess(true, true), BlockingCalls.OF_CURRENT_RUNTIME);
        file.cursor = channel.position();
        return file;
    }

    /** {@return options for opening a file, none of them set} */
    public static OpenOptions options() {
        return new OpenOptions();
    }

    // ---- reading

    @Override
    public int pollRead(Context cx, ByteBuffer dst) throws IOException {
        checkOpen();
        access.checkReadable(identity.name());
        if (dst.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
        if (!dst.hasRemaining()) {
            return 0;
        }
        while (true) {
            if (inFlight == Operation.NONE) {
                if (buffer.remaining() > 0) {
                    return takeReadAhead(cx, dst);
                }
                int mostBytes = Math.min(dst.remaining(), maxBufSizeBytes);
                start(Operation.READ, () -> read(mostBytes));
            }
            var ended = pollEnd(cx);
            if (ended == null) {
                return IoResult.PENDING;
            }
            if (ended.operation() == Operation.READ) {
                throwFailure(ended.failure());
                return ended.result() < 0 ? IoResult.END_OF_STREAM : buffer.copyTo(dst);
            }
        }
    }

    /** What is in the buffer costs no wait, but budget. */
    private int takeReadAhead(Context cx, ByteBuffer dst) {
        if (!cx.pollProceed()) {
            return IoResult.PENDING;
        }
        cx.madeProgress();
        return buffer.copyTo(dst);
    }

    private long read(int mostBytes) throws IOException {
        goBack();
        int n = buffer.readFrom(handle.get(), mostBytes);
        cursor += Math.max(n, 0);
        return n;
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
        checkOpen();
        access.checkWritable(identity.name());
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
        dropReadAhead();
        buffer.copyFrom(srcs, length);
        startWrite();
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

    private void startWrite() throws IOException {
        boolean started = false;
        if (!handle.acquire()) {
            throw new ClosedChannelException();
        }
        try {
            job.startMandatory(() -> {
                try {
                    goBack();
                    buffer.writeTo(handle.get(), n -> cursor += n);
                } finally {
                    int unused = buffer.clear(); // no read may find what was to be written
                    handle.release();
                }
                return 0L;
            });
            started = true;
            inFlight = Operation.WRITE;
        } finally {
            if (!started) {
                int unused = buffer.clear();
                handle.release();
            }
        }
    }

    @Override
    public boolean pollFlush(Context cx) throws IOException {
        checkOpen();
        throwWriteFailure();
        if (!pollIdle(cx)) {
            return false;
        }
        throwWriteFailure();
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
        checkOpen();
        if (inFlight != Operation.NONE) {
            throw new FileSystemException(identity.name(), null, "seek to " + position
                    + " while another operation is in flight; await that first, or call pollComplete()");
        }
        dropReadAhead();
        start(Operation.SEEK, () -> seekTo(position));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Without a seek the position is counted, not asked for: a file that is open for appending and one
     * that has clones are told by {@link #streamPosition()}.
     */
    @Override
    public long pollComplete(Context cx) throws IOException {
        checkOpen();
        while (inFlight != Operation.NONE) {
            var ended = pollEnd(cx);
            if (ended == null) {
                return IoResult.PENDING;
            }
            if (ended.operation() == Operation.SEEK) {
                throwFailure(ended.failure());
                return ended.result();
            }
        }
        return cursor - ahead - buffer.remaining();
    }

    private long seekTo(SeekFrom position) throws IOException {
        var target = position;
        if (position instanceof SeekFrom.Current(long bytes) && ahead > 0) {
            if (bytes < Long.MIN_VALUE + ahead) {
                throw new FileSystemException(identity.name(), null,
                        "seek to " + position + " leads out of the file; use a position from 0 to 2^63 - 1");
            }
            target = SeekFrom.current(bytes - ahead);
        }
        cursor = handle.get().seek(target);
        ahead = 0;
        return cursor;
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
    public IoFuture<@Nullable Void> syncAll() {
        return new FileCall(this, true, false, () -> handle.get().sync(true));
    }

    /**
     * Waits until all that was written is on the disk, but not what is not needed to read it, such as times.
     *
     * <p><em>Cancel safety:</em> as that of {@link #syncAll()}.
     *
     * @return completes when that is done; fails also where a write before it failed
     */
    public IoFuture<@Nullable Void> syncData() {
        return new FileCall(this, true, false, () -> handle.get().sync(false));
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
    public IoFuture<@Nullable Void> setLen(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes=" + bytes + ": a file has at least 0");
        }
        return new FileCall(this, false, true, () -> {
            access.checkWritable(identity.name());
            goBack();
            handle.get().setLen(bytes);
        });
    }

    /**
     * Reads what the file system knows about the file, without waiting for a write in flight. Where the
     * file system is a POSIX one, {@link Fs#metadata(Path, Class)} tells more.
     *
     * <p>The JDK looks files up by their paths: this fails when the file was renamed or removed, or when
     * another one has taken its place.
     *
     * <p><em>Cancel safety:</em> nothing is changed.
     *
     * @return its size, kind and times
     */
    public IoFuture<BasicFileAttributes> metadata() {
        return new BlockingFuture<>("metadata of " + identity.name(), () -> {
            checkOpen();
            return identity.attributes();
        });
    }

    /**
     * Changes who may do what with the file. As {@link #metadata()} it goes by the path.
     *
     * <p><em>Cancel safety:</em> a cancelled call goes on, if it has begun.
     *
     * @param permissions all that are to be granted, and no others
     * @return completes when that is done; fails with {@link UnsupportedOperationException} where the file
     *     system is no POSIX one
     */
    public IoFuture<@Nullable Void> setPermissions(Set<PosixFilePermission> permissions) {
        var granted = Set.copyOf(permissions);
        return new BlockingFuture<>("setPermissions of " + identity.name(), () -> {
            checkOpen();
            Files.setPosixFilePermissions(identity.checkedPath(), granted);
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
    public IoFuture<File> tryClone() {
        return new FileClone(this);
    }

    File share() throws IOException {
        checkOpen();
        if (!handle.acquire()) {
            throw new ClosedChannelException();
        }
        var shared = new File(handle, identity, access, calls);
        shared.maxBufSizeBytes = maxBufSizeBytes;
        shared.cursor = cursor;
        return shared;
    }

    /**
     * Takes the JDK's channel out of this file, which is closed then. Waits for the operation in flight;
     * the channel is where the user has got to.
     *
     * <p><em>Cancel safety:</em> the file can be used on.
     *
     * @return the channel, which the caller closes; fails where a write before it failed, and where there
     *     are clones
     */
    public IoFuture<SeekableByteChannel> intoChannel() {
        return new IntoChannel(this, new FileCall(this, true, true, this::goBack));
    }

    /**
     * Takes the JDK's channel out of this file if nothing has to be waited for; see {@link #intoChannel()}.
     *
     * @return the channel; null where an operation is in flight or what was read ahead is to be gone back by
     * @throws IOException where a write before it failed, and where there are clones
     */
    public @Nullable SeekableByteChannel tryIntoChannel() throws IOException {
        if (!pollFlush(Context.of(() -> {})) || ahead + buffer.remaining() > 0) {
            return null;
        }
        return takeChannel();
    }

    SeekableByteChannel takeChannel() throws IOException {
        checkOpen();
        var channel = handle.get().channel();
        if (!handle.takeAway()) {
            throw new FileSystemException(identity.name(), null, "its channel is shared with a clone; close that first");
        }
        closed.set(true);
        return channel;
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
        if (closed.compareAndSet(false, true)) {
            handle.release();
        }
    }

    @Override
    public String toString() {
        return "File[" + identity.name() + (closed.get() ? ", closed]" : "]");
    }

    // ---- jobs

    private void checkOpen() throws ClosedChannelException {
        if (closed.get()) {
            throw new ClosedChannelException();
        }
    }

    private void dropReadAhead() {
        ahead += buffer.clear();
    }

    /** Called on the blocking pool. */
    private void goBack() throws IOException {
        if (ahead > 0) {
            cursor = handle.get().seek(SeekFrom.current(-ahead));
            ahead = 0;
        }
    }

    private void start(Operation operation, Callable<Long> body) {
        job.start(() -> {
            if (!handle.acquire()) {
                throw new ClosedChannelException();
            }
            try {
                return body.call();
            } finally {
                handle.release();
            }
        });
        inFlight = operation;
    }

    /** Puts a call in flight; nothing else is. */
    void begin(FileCall begun) throws IOException {
        checkOpen();
        if (begun.dropsReadAhead()) {
            dropReadAhead();
        }
        start(Operation.CALL, () -> {
            begun.run();
            return 0L;
        });
        call = begun;
    }

    /** {@return whether nothing is in flight; what did not concern the caller is kept or dropped} */
    boolean pollIdle(Context cx) throws IOException {
        checkOpen();
        return inFlight == Operation.NONE || pollEnd(cx) != null;
    }

    /** {@return how the operation in flight has ended, or null} */
    private @Nullable Ended pollEnd(Context cx) {
        long result = 0;
        Throwable failure = null;
        try {
            result = job.poll(cx);
            if (result == BlockingJob.PENDING) {
                return null;
            }
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        }
        var operation = inFlight;
        inFlight = Operation.NONE;
        if (call != null) {
            call.end(failure);
            call = null;
        }
        if (failure instanceof Error e) {
            throw e; // whoever it concerns
        }
        if (operation == Operation.WRITE) {
            writeFailure = failure;
        }
        return new Ended(operation, result, failure);
    }

    /** Tells of a write that failed, once. */
    void throwWriteFailure() throws IOException {
        var failure = writeFailure;
        writeFailure = null;
        throwFailure(failure);
    }

    static void throwFailure(@Nullable Throwable failure) throws IOException {
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IOException(failure);
        }
    }

    void forget(Waker waker) {
        job.forget(waker);
    }
}
