package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import dev.edo.internal.BlockingJob;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A sink whose calls block, written on the blocking pool.
 *
 * <p>Algorithm: a write copies what it can into the buffer and starts a call that writes it; the
 * next write or flush waits for that call, and gets its error.
 *
 * <p>Origin: Tokio's io/blocking.rs. Unlike there, shutting down closes the sink.
 */
final class BlockingWriter implements AsyncWrite {
    private static final int CAPACITY_BYTES = 64 * 1024;

    private final BlockingSink sink;
    private final BlockingJob job = new BlockingJob("writing");
    private byte[] buffer = new byte[0];
    private boolean needsFlush;
    private boolean isClosed;

    BlockingWriter(BlockingSink sink) {
        this.sink = sink;
    }

    @Override
    public int pollWrite(Context cx, ByteBuffer src) throws IOException {
        if (job.poll(cx) == BlockingJob.PENDING) {
            return IoResult.PENDING;
        }
        int n = Math.min(src.remaining(), CAPACITY_BYTES);
        if (n == 0) {
            return 0;
        }
        if (buffer.length < n) {
            buffer = new byte[Math.max(n, Math.min(2 * buffer.length, CAPACITY_BYTES))];
        }
        src.get(src.position(), buffer, 0, n);
        var bytes = buffer;
        job.start(() -> {
            sink.write(bytes, n);
            return 0L;
        });
        src.position(src.position() + n);
        needsFlush = true;
        return n;
    }

    @Override
    public boolean pollFlush(Context cx) throws IOException {
        while (true) {
            if (job.poll(cx) == BlockingJob.PENDING) {
                return false;
            }
            if (!needsFlush) {
                return true;
            }
            job.start(() -> {
                sink.flush();
                return 0L;
            });
            needsFlush = false; // it has begun; without a thread for it, or a runtime, it is still to be done
        }
    }

    @Override
    public boolean pollShutdown(Context cx) throws IOException {
        while (true) {
            if (!pollFlush(cx)) {
                return false;
            }
            if (isClosed) {
                return true;
            }
            job.start(() -> {
                sink.close();
                return 0L;
            });
            isClosed = true;
        }
    }

    @Override
    public void cancelWrite(Waker waker) {
        job.forget(waker);
    }
}
