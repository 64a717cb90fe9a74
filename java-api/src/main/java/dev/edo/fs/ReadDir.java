package dev.edo.fs;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.BlockingCalls;
import dev.edo.internal.BlockingJob;
import dev.edo.internal.DroppedResources;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a directory, in no order, without the directory itself and the one above it.
 *
 * <pre>{@code
 * try (var entries = Fs.readDir(Path.of("spool")).await()) {
 *     for (DirEntry entry; (entry = entries.nextEntry().await()) != null; ) {
 *         handle(entry);
 *     }
 * }
 * }</pre>
 *
 * <p>{@link dev.edo.stream.Stream#from(ReadDir)} makes a stream of them. They are read 32 at a time on the
 * blocking pool, with their kinds; those between come without a wait. What is put into the directory or taken
 * out meanwhile may be seen or not. For one task at a time.
 *
 * <p><em>Closing:</em> one that was read to its end is closed; close others. A call on the pool that is in flight
 * then is the one that closes. A directory that was forgotten is closed some time after nobody can reach it any more.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/fs/struct.ReadDir.html">tokio::fs::ReadDir</a>
 */
public final class ReadDir implements Closeable {
    /*
     * Algorithm: the queue is filled by a job when it is empty, and that tells how it went on: whether
     * there is more, and what it failed with, which comes behind the entries before it and is the end.
     *
     * Invariants: while the job runs, queue, iterator, failure and atEnd are the job's.
     *
     * Origin: Tokio's fs/read_dir.rs. Unlike there, a failure is the end.
     */

    /** How many entries are read at a time. */
    static final int CHUNK_ENTRIES = 32;

    private final Path path;
    private final SharedHandle<DirectoryStream<Path>> handle;
    private final Iterator<Path> iterator;
    private final BlockingJob job;
    private final ArrayDeque<DirEntry> queue = new ArrayDeque<>(CHUNK_ENTRIES);
    private final AtomicBoolean closed;
    private final Trace trace;
    private @Nullable IOException failure;
    private boolean atEnd;

    private ReadDir(Path path, DirectoryStream<Path> entries, BlockingCalls calls) {
        this.path = path;
        this.handle = new SharedHandle<>(entries);
        this.iterator = entries.iterator();
        this.job = new BlockingJob("readDir of " + path, calls);
        this.trace = new Trace(this, handle);
        this.closed = trace.closed;
        trace.watch();
    }

    /** What closes a directory that nobody can reach any more: the JDK's stream does not. */
    private static final class Trace extends DroppedResources.Trace {
        private final SharedHandle<DirectoryStream<Path>> handle;
        private final AtomicBoolean closed = new AtomicBoolean();

        Trace(ReadDir entries, SharedHandle<DirectoryStream<Path>> handle) {
            super(entries, System.identityHashCode(handle));
            this.handle = handle;
        }

        @Override
        protected void close() throws IOException {
            if (closed.compareAndSet(false, true)) {
                handle.release();
            }
        }
    }

    /** Opens a directory and reads the first entries; blocks. */
    static ReadDir open(Path path) throws IOException {
        return read(path, Files.newDirectoryStream(path), BlockingCalls.OF_CURRENT_RUNTIME);
    }

    /** Reads the first entries of a directory that is open, and closes it where that fails; blocks. */
    static ReadDir read(Path path, DirectoryStream<Path> entries, BlockingCalls calls) throws IOException {
        var opened = new ReadDir(path, entries, calls);
        try {
            opened.readChunk();
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
        return opened;
    }

    /**
     * Reads the next entry.
     *
     * <p><em>Cancel safety:</em> nothing is lost.
     *
     * @return the entry; null at the end. Fails where the directory cannot be read on, which is the end,
     *     too; and with {@link ClosedDirectoryStreamException} where this was closed
     */
    @CheckReturnValue
    public IoFuture<@Nullable DirEntry> nextEntry() {
        return new NextEntryFuture(this);
    }

    /**
     * Reads the next entry, for hand-written futures.
     *
     * @param cx whom to wake, and the budget
     * @return the entry, null at the end, or pending
     * @throws IOException as {@link #nextEntry()} fails
     */
    public Poll<@Nullable DirEntry> pollNextEntry(Context cx) throws IOException {
        if (closed.get()) {
            throw new ClosedDirectoryStreamException();
        }
        if (!job.isRunning()) {
            if (!cx.pollProceed()) {
                return Poll.pending();
            }
            if (!queue.isEmpty() || failure != null || atEnd) {
                cx.madeProgress();
                return take();
            }
            job.start(this::readOn);
        }
        return job.poll(cx) == BlockingJob.PENDING ? Poll.pending() : take();
    }

    /** What the last job has brought: at least one entry, a failure or the end. */
    private Poll<@Nullable DirEntry> take() throws IOException {
        var entry = queue.poll();
        var failed = failure;
        if (entry == null && failed != null) {
            failure = null;
            throw failed;
        }
        return Poll.ready(entry);
    }

    private long readOn() throws IOException {
        if (!handle.acquire()) {
            throw new ClosedDirectoryStreamException();
        }
        try {
            readChunk();
        } finally {
            handle.release();
        }
        return 0;
    }

    private void readChunk() throws IOException {
        try {
            while (queue.size() < CHUNK_ENTRIES) {
                if (!iterator.hasNext()) {
                    atEnd = true;
                    break;
                }
                queue.add(DirEntry.of(iterator.next()));
            }
        } catch (DirectoryIteratorException e) {
            failure = e.getCause();
            atEnd = true;
        }
        if (atEnd) {
            handle.get().close();
        }
    }

    void forget(Waker waker) {
        job.forget(waker);
    }

    /**
     * Closes the directory, or leaves that to the call in flight. Closing again does nothing.
     *
     * @throws IOException where closing failed
     */
    @Override
    public void close() throws IOException {
        try {
            trace.close();
        } finally {
            trace.forget();
        }
    }

    @Override
    public String toString() {
        return "ReadDir[" + path + "]";
    }
}
