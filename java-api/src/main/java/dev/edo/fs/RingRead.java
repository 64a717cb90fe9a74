package dev.edo.fs;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.internal.BlockingCalls;
import dev.edo.spi.FileRing;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A read of an open file that the kernel makes, where the file is; by {@link FileJob}, which sees to its end whoever
 * gives up what.
 *
 * <p>Algorithm: while it is in flight this is a user of the handle, and has the file's turn: both end with the call
 * itself, not with the poll that sees that. What the kernel says has failed is read again on the blocking pool: so the
 * failure is the JDK's, and an end that came because its thread or its runtime ended is none.
 */
final class RingRead implements IoFuture<Long> {
    private final BufferedFile content;
    private final FileHandle handle;
    private final BlockingCalls calls;
    private final int mostBytes;

    /** Null when it has failed. */
    private FileRing.@Nullable Call call;

    /** Null unless that has failed. */
    private @Nullable JoinHandle<Long> onPool;

    private RingRead(FileHandle handle, BufferedFile content, BlockingCalls calls, int mostBytes, FileRing.Call call) {
        this.handle = handle;
        this.content = content;
        this.calls = calls;
        this.mostBytes = mostBytes;
        this.call = call;
    }

    /** {@return a read that was begun, or null where it is to be made on the blocking pool} */
    static @Nullable RingRead begin(FileHandle handle, BufferedFile content, BlockingCalls calls, int mostBytes)
            throws IOException {
        var ring = content.isWhereTheFileIs() ? calls.fileRing() : null;
        if (ring == null) {
            return null;
        }
        handle.acquire();
        var file = handle.file();
        boolean begun = false;
        int fd = file.beginTurn();
        try {
            if (fd < 0) {
                return null;
            }
            var call = ring.read(fd, mostBytes, () -> end(handle, file));
            begun = call != null;
            return call == null ? null : new RingRead(handle, content, calls, mostBytes, call);
        } finally {
            if (!begun) {
                if (fd >= 0) {
                    file.endTurn();
                }
                handle.release();
            }
        }
    }

    private static void end(FileHandle handle, BlockingFile file) {
        file.endTurn();
        try {
            handle.release();
        } catch (IOException e) {
            // the file was closed meanwhile, and nobody is left to be told
        }
    }

    @Override
    public Poll<Long> poll(Context cx) throws IOException {
        if (onPool == null) {
            var reading = call;
            if (reading == null) {
                throw new IllegalStateException("polled again after the end");
            }
            int result = reading.poll(cx);
            if (result == FileRing.Call.PENDING) {
                return Poll.pending();
            }
            call = null;
            try {
                if (result >= 0) {
                    content.take(reading, result);
                    return Poll.ready(result == 0 ? -1L : result);
                }
            } finally {
                reading.close();
            }
            onPool = calls.spawn(() -> handle.use(() -> content.read(mostBytes)));
        }
        try {
            return onPool.poll(cx);
        } catch (JoinError e) {
            throw BlockingCalls.failure("a read of " + handle.name(), e);
        }
    }

    @Override
    public void cancel() {
        var reading = call;
        call = null;
        if (reading != null) {
            reading.close();
        }
    }
}
