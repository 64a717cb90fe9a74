package dev.edo.fs;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.internal.BlockingCalls;
import dev.edo.internal.SpentFuture;
import dev.edo.spi.FileRing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file to its end by calls that the kernel makes, one after the other: an open, and reads of pieces that grow.
 * Where it does not open the file, or says that this failed, all of it is done on the blocking pool; where that is so of
 * a read, the rest is read there, from the same open file, since a pipe cannot be read anew. So the failure is the
 * JDK's.
 */
final class RingReadAll implements IoFuture<byte[]> {
    private static final FileRing.How READING = new FileRing.How(true, false, false, false, false, false);
    private static final int FIRST_PIECE_BYTES = 16 * 1024;
    private static final int LARGEST_PIECE_BYTES = 1024 * 1024;
    private static final int PIECE_BYTES_ON_POOL = 64 * 1024;
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private final Path path;

    /** Null when this has completed or was cancelled. */
    private @Nullable IoFuture<byte[]> onPool;

    /** Null where the kernel does not do it, or when all is read. */
    private FileRing.@Nullable Call call;

    /** Null unless the pool reads what the kernel has not. */
    private @Nullable Rest rest;

    private @Nullable FileRing ring;
    private boolean begun;
    private @Nullable RingDescriptor file;
    private int pieceBytes = FIRST_PIECE_BYTES;
    private byte[] bytes = {};
    private int length;

    RingReadAll(Path path, IoFuture<byte[]> onPool) {
        this.path = path;
        this.onPool = onPool;
    }

    @Override
    public Poll<byte[]> poll(Context cx) throws IOException {
        var pool = onPool;
        if (pool == null) {
            throw SpentFuture.polledAgain();
        }
        boolean pending = false;
        try {
            if (!begun) {
                begun = true;
                ring = BlockingCalls.OF_CURRENT_RUNTIME.fileRing();
                call = ring == null ? null : ring.open(path, READING, null);
            }
            Poll<byte[]> result = null;
            while (result == null && call != null) {
                result = advance(call, cx);
            }
            if (result == null && file != null) {
                pool = readRest(file);
                onPool = pool;
            }
            if (result == null) {
                result = pool.poll(cx);
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
    private @Nullable Poll<byte[]> advance(FileRing.Call inFlight, Context cx) throws IOException {
        int result = inFlight.poll(cx);
        if (result == FileRing.Call.PENDING) {
            return Poll.pending();
        }
        call = null;
        var open = file;
        try {
            if (result < 0) {
                return null;
            }
            if (open == null) {
                open = new RingDescriptor(this, Objects.requireNonNull(ring), result);
                file = open;
            } else if (result == 0) {
                return Poll.ready(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
            } else {
                append(inFlight, result);
            }
        } finally {
            inFlight.close();
        }
        call = open.read(pieceBytes);
        return null;
    }

    private void append(FileRing.Call read, int count) {
        if (count > MOST_BYTES - length) {
            throw new OutOfMemoryError("Required array size too large");
        }
        if (count > bytes.length - length) {
            long twice = 2L * bytes.length;
            bytes = Arrays.copyOf(bytes, Math.max(length + count, (int) Math.min(twice, MOST_BYTES)));
        }
        read.copyTo(bytes, length, count);
        length += count;
        pieceBytes = Math.min(2 * pieceBytes, LARGEST_PIECE_BYTES);
    }

    private IoFuture<byte[]> readRest(RingDescriptor from) {
        file = null;
        var reading = new Rest(from.intoChannel(path, READING), bytes, length);
        rest = reading;
        return new BlockingFuture<>("read of " + path, reading);
    }

    /** Reads to the end, unless it is closed before it begins. */
    private static final class Rest implements Callable<byte[]> {
        private final FileChannel channel;
        private final AtomicBoolean begun = new AtomicBoolean();
        private byte[] bytes;
        private int length;

        Rest(FileChannel channel, byte[] bytes, int length) {
            this.channel = channel;
            this.bytes = bytes;
            this.length = length;
        }

        @Override
        public byte[] call() throws IOException {
            if (!begun.compareAndSet(false, true)) {
                throw new CancellationException("nobody waits for it");
            }
            try (channel) {
                for (int n = 0; n >= 0; n = channel.read(room())) {
                    length += n;
                }
            }
            return Arrays.copyOf(bytes, length);
        }

        private ByteBuffer room() {
            if (length == bytes.length) {
                if (length == MOST_BYTES) {
                    throw new OutOfMemoryError("Required array size too large");
                }
                bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(2L * length, FIRST_PIECE_BYTES), MOST_BYTES));
            }
            return ByteBuffer.wrap(bytes, length, Math.min(bytes.length - length, PIECE_BYTES_ON_POOL));
        }

        void close() {
            if (begun.compareAndSet(false, true)) {
                try {
                    channel.close();
                } catch (IOException e) {
                    // nothing was written
                }
            }
        }
    }

    /** A read in flight does not need the descriptor any more. */
    private void close() {
        var inFlight = call;
        call = null;
        if (inFlight != null) {
            inFlight.close();
        }
        var open = file;
        file = null;
        if (open != null) {
            int unused = open.close(); // nothing was written
        }
        var reading = rest;
        rest = null;
        if (reading != null) {
            reading.close();
        }
    }

    @Override
    public void cancel() {
        var pool = onPool;
        onPool = null;
        close();
        if (pool != null) {
            pool.cancel();
        }
    }
}
