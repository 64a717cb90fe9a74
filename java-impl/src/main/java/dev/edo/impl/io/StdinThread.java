package dev.edo.impl.io;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import dev.edo.io.AsyncRead;
import dev.edo.io.Io;
import dev.edo.io.IoResult;
import dev.edo.io.Simplex;
import dev.edo.io.SimplexWriter;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads the standard input where it cannot be polled. Its thread is a daemon of the process, not of
 * a runtime: a read that waits for somebody to type keeps nothing from shutting down, and what it
 * reads goes to the next reader.
 *
 * <p>Algorithm: the thread reads only when somebody found the pipe between them empty
 * ({@code requested}), so that input for which nobody asked stays with the kernel.
 */
final class StdinThread implements AsyncRead {
    private static final int BLOCK_BYTES = 8192;
    private static final StdinThread INSTANCE = new StdinThread(new FileInputStream(FileDescriptor.in));

    private final Simplex pipe = Io.simplex(BLOCK_BYTES);
    private final InputStream in;
    private volatile boolean requested;
    private volatile @Nullable IOException failure;

    /** Null as long as it was not, or could not be, started. */
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

    StdinThread(InputStream in) {
        this.in = in;
    }

    static StdinThread instance() {
        return INSTANCE;
    }

    boolean hasBegun() {
        return thread.get() != null;
    }

    @Override
    public int pollRead(Context cx, ByteBuffer dst) throws IOException {
        int n = pipe.reader().pollRead(cx, dst);
        if (n == IoResult.PENDING) {
            requested = true;
            var running = thread.get();
            if (running == null) {
                start();
            } else {
                LockSupport.unpark(running);
            }
        } else if (n == IoResult.END_OF_STREAM) {
            var e = failure;
            if (e != null) {
                throw new IOException("reading the standard input failed: " + e.getMessage(), e);
            }
        }
        return n;
    }

    private void start() {
        var made = Thread.ofPlatform().daemon().name("edo-stdin").unstarted(this::run);
        if (!thread.compareAndSet(null, made)) {
            return; // another reader was faster
        }
        try {
            made.start();
        } catch (RuntimeException | Error e) {
            thread.set(null); // or later reads would wait for a thread that never runs
            throw e;
        }
    }

    private void run() {
        try (var out = pipe.writer()) {
            try {
                readTo(out);
            } catch (IOException e) {
                failure = e; // before the pipe is closed, which the reader sees
            }
        }
    }

    private void readTo(SimplexWriter out) throws IOException {
        var bytes = new byte[BLOCK_BYTES];
        while (true) {
            while (!requested) {
                LockSupport.park(this);
            }
            int n = in.read(bytes);
            if (n < 0) {
                return;
            }
            requested = false;
            out.writeAll(ByteBuffer.wrap(bytes, 0, n)).await();
        }
    }

    @Override
    public void cancelRead(Waker waker) {
        pipe.reader().cancelRead(waker);
    }
}
