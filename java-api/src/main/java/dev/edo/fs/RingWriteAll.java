package dev.edo.fs;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.BlockingCalls;
import dev.edo.internal.BlockingJob;
import dev.edo.internal.SpentFuture;
import dev.edo.spi.FileRing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Writes a file anew by calls that the kernel makes, one after the other: an open, and writes of pieces. Where it does
 * not open the file, or says that this failed, all of it is done on the blocking pool; where that is so of a write, the
 * rest is written there, to the same open file, since a pipe cannot be written anew. So the failure is the JDK's.
 *
 * <p>Algorithm: as on the pool, it goes on when it is given up. Then it polls itself, as its own waker.
 */
final class RingWriteAll implements IoFuture<@Nullable Void> {
    private static final FileRing.How WRITING = new FileRing.How(false, true, false, true, true, false);
    private static final int PIECE_BYTES = 1024 * 1024;
    private static final int PIECE_BYTES_ON_POOL = 64 * 1024;

    private final Path path;
    private final byte[] content;

    /** Null when this has completed, or was cancelled before it began. */
    private @Nullable IoFuture<@Nullable Void> onPool;

    /** Null where the kernel does not do it, or when all is written. */
    private FileRing.@Nullable Call call;

    /** Null unless the pool writes what the kernel has not; goes on whatever happens. */
    private @Nullable BlockingJob rest;

    private @Nullable FileRing ring;
    private boolean begun;
    private boolean givenUp;
    private @Nullable RingDescriptor file;
    private int written;

    RingWriteAll(Path path, byte[] content, IoFuture<@Nullable Void> onPool) {
        this.path = path;
        this.content = content;
        this.onPool = onPool;
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) throws IOException {
        if (givenUp) {
            throw SpentFuture.polledAgain();
        }
        return pollOn(cx);
    }

    private Poll<@Nullable Void> pollOn(Context cx) throws IOException {
        var pool = onPool;
        if (pool == null) {
            throw SpentFuture.polledAgain();
        }
        boolean pending = false;
        try {
            if (!begun) {
                begun = true;
                ring = BlockingCalls.OF_CURRENT_RUNTIME.fileRing();
                call = ring == null ? null : ring.open(path, WRITING, null);
            }
            Poll<@Nullable Void> result = null;
            while (result == null && call != null) {
                result = advance(call, cx);
            }
            if (result == null && file != null) {
                rest = writeRest(file);
            }
            if (result == null) {
                result = rest == null ? pool.poll(cx) : pollRest(rest, cx);
            }
            pending = !result.isReady();
            return result;
        } finally {
            if (!pending) {
                onPool = null;
                close();
            }
        }
    }

    /** {@return what to say, or null to look at the next call} */
    private @Nullable Poll<@Nullable Void> advance(FileRing.Call inFlight, Context cx) throws IOException {
        int result = inFlight.poll(cx);
        if (result == FileRing.Call.PENDING) {
            return Poll.pending();
        }
        call = null;
        inFlight.close();
        if (result < 0) {
            return null;
        }
        var open = file;
        if (open == null) {
            open = new RingDescriptor(this, Objects.requireNonNull(ring), result);
            file = open;
        } else if (result == 0) {
            return null; // as no write should end; the JDK is to say what it is
        } else {
            written += result;
        }
        if (written == content.length) {
            file = null;
            return open.close() == 0 ? Poll.ready() : null;
        }
        call = open.write(content, written, Math.min(content.length - written, PIECE_BYTES));
        return null;
    }

    private BlockingJob writeRest(RingDescriptor to) throws IOException {
        file = null;
        var channel = to.intoChannel(path, WRITING);
        var job = new BlockingJob("write of " + path);
        var bytes = content;
        int from = written;
        boolean started = false;
        try {
            job.startMandatory(() -> writeTo(channel, bytes, from));
            started = true;
        } finally {
            if (!started) {
                channel.close();
            }
        }
        return job;
    }

    private static long writeTo(FileChannel channel, byte[] bytes, int from) throws IOException {
        try (channel) {
            for (int at = from; at < bytes.length; ) {
                at += channel.write(ByteBuffer.wrap(bytes, at, Math.min(bytes.length - at, PIECE_BYTES_ON_POOL)));
            }
        }
        return 0;
    }

    private static Poll<@Nullable Void> pollRest(BlockingJob job, Context cx) throws IOException {
        return job.poll(cx) == BlockingJob.PENDING ? Poll.pending() : Poll.ready();
    }

    private void close() {
        var open = file;
        file = null;
        if (open != null) {
            int unused = open.close();
        }
    }

    @Override
    public void cancel() {
        if (givenUp) {
            return;
        }
        givenUp = true;
        var pool = onPool;
        if (call != null) {
            new GoesOn(this).wake();
        } else if (pool != null) {
            onPool = null;
            pool.cancel(); // which has not begun where the rest is written
        }
    }

    /**
     * Polls whenever the call in flight has ended, until all is done.
     *
     * <p>What a poll begins looks for what else has ended, and so may wake another one of these: that waits until
     * the poll has returned, or else many that end at once would need as much stack.
     */
    private static final class GoesOn implements Waker {
        /** Those that the polls of a thread have woken; null where it is at none. */
        private static final ThreadLocal<@Nullable ArrayDeque<GoesOn>> WOKEN = new ThreadLocal<>();

        private final RingWriteAll write;
        private final Context context = Context.of(this);
        private final AtomicInteger wakes = new AtomicInteger();
        private boolean ended;

        GoesOn(RingWriteAll write) {
            this.write = write;
        }

        @Override
        public void wake() {
            if (wakes.getAndIncrement() != 0) {
                return; // by what the poll below has begun; it polls again
            }
            var woken = WOKEN.get();
            if (woken != null) {
                woken.add(this);
                return;
            }
            woken = new ArrayDeque<>();
            WOKEN.set(woken);
            try {
                for (var next = this; next != null; next = woken.poll()) {
                    next.goOn();
                }
            } finally {
                WOKEN.remove();
            }
        }

        private void goOn() {
            int seen = 1;
            do {
                pollOnce();
                seen = wakes.addAndGet(-seen);
            } while (seen != 0);
        }

        private void pollOnce() {
            if (ended) {
                return;
            }
            try {
                ended = write.pollOn(context).isReady();
            } catch (IOException | RuntimeException | Error e) {
                ended = true; // nobody is left to be told, as for a call on the pool
            }
        }
    }
}
