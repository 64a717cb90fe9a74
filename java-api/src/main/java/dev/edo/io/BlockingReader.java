package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import dev.edo.internal.BlockingJob;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A source whose calls block, read on the blocking pool.
 *
 * <p>Algorithm: when there is nothing in the buffer, a call fills it; the read that finds it filled
 * takes its share. A read that was given up leaves the call running, and the next one gets what it
 * read.
 *
 * <p>Origin: Tokio's io/blocking.rs.
 */
final class BlockingReader implements AsyncRead {
    private final BlockingSource source;
    private final BlockingJob job = new BlockingJob("reading");
    private final byte[] buffer = new byte[BufReader.DEFAULT_CAPACITY_BYTES];
    private int start;
    private int end;

    BlockingReader(BlockingSource source) {
        this.source = source;
    }

    @Override
    public int pollRead(Context cx, ByteBuffer dst) throws IOException {
        if (!dst.hasRemaining()) {
            return 0;
        }
        if (start == end) {
            if (!job.isRunning()) {
                job.start(() -> (long) source.read(buffer));
            }
            int n = (int) job.poll(cx);
            if (n == BlockingJob.PENDING) {
                return IoResult.PENDING;
            }
            if (n == 0) {
                throw new IOException("a call that should block returned nothing, source=" + source
                        + "; switch it to blocking mode");
            }
            if (n < 0) {
                return IoResult.END_OF_STREAM;
            }
            start = 0;
            end = n;
        }
        int n = Math.min(end - start, dst.remaining());
        dst.put(buffer, start, n);
        start += n;
        return n;
    }

    @Override
    public void cancelRead(Waker waker) {
        job.forget(waker);
    }
}
