package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A stream that does what its script says, and remembers what was done to it. An empty reading
 * script is the end of the stream; an empty writing script takes everything. It may be made to be
 * pending before every single step.
 */
final class FakeStream implements AsyncRead, AsyncWrite, AsyncSeek {
    /** What was written. */
    final ByteArrayOutputStream written = new ByteArrayOutputStream();

    /** What was called, in order. */
    final List<String> log = new ArrayList<>();

    @Nullable Waker readWaker;
    @Nullable Waker writeWaker;
    @Nullable Waker seekWaker;
    boolean pendingBeforeEachStep;
    boolean vectored;
    int failAtStep = -1;
    int steps;
    int flushes;
    int shutdowns;
    long position;
    private @Nullable Long target;
    private final Queue<byte[]> reads = new ArrayDeque<>();
    private final Queue<Integer> writes = new ArrayDeque<>();
    private boolean wasPending;

    static final byte[] PENDING = {-1};

    /** Each chunk is one read at most. */
    static FakeStream reading(String... chunks) {
        var stream = new FakeStream();
        for (var chunk : chunks) {
            stream.reads.add(chunk.getBytes(StandardCharsets.UTF_8));
        }
        return stream;
    }

    /** One read per byte. */
    static FakeStream readingBytes(byte... bytes) {
        var stream = new FakeStream();
        for (byte b : bytes) {
            stream.reads.add(new byte[] {b});
        }
        return stream;
    }

    FakeStream thenRead(byte[] chunk) {
        reads.add(chunk);
        return this;
    }

    /** At most so many bytes per write; negative: pending once. */
    FakeStream writing(int... atMost) {
        for (int n : atMost) {
            writes.add(n);
        }
        return this;
    }

    FakeStream vectored() {
        vectored = true;
        return this;
    }

    String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private boolean isPending(Context cx) {
        if (!pendingBeforeEachStep || wasPending) {
            wasPending = false;
            return false;
        }
        wasPending = true;
        cx.waker().wake();
        return true;
    }

    private void step(String what) throws IOException {
        log.add(what);
        if (steps++ == failAtStep) {
            throw new IOException("scripted");
        }
    }

    @Override
    public int pollRead(Context cx, ByteBuffer dst) throws IOException {
        if (isPending(cx)) {
            readWaker = cx.waker();
            return IoResult.PENDING;
        }
        readWaker = null;
        step("read");
        if (!dst.hasRemaining()) {
            return 0;
        }
        var chunk = reads.peek();
        if (chunk == null) {
            return IoResult.END_OF_STREAM;
        }
        if (chunk == PENDING) {
            reads.remove();
            readWaker = cx.waker();
            return IoResult.PENDING;
        }
        reads.remove();
        int n = Math.min(chunk.length, dst.remaining());
        dst.put(chunk, 0, n);
        if (n < chunk.length) {
            var rest = new ArrayDeque<byte[]>();
            rest.add(Arrays.copyOfRange(chunk, n, chunk.length));
            rest.addAll(reads);
            reads.clear();
            reads.addAll(rest);
        }
        position += n;
        return n;
    }

    @Override
    public int pollWrite(Context cx, ByteBuffer src) throws IOException {
        return write(cx, "write", src);
    }

    @Override
    public int pollWrite(Context cx, ByteBuffer[] srcs) throws IOException {
        if (!vectored) {
            return AsyncWrite.super.pollWrite(cx, srcs);
        }
        return write(cx, "writev", srcs);
    }

    private int write(Context cx, String what, ByteBuffer... srcs) throws IOException {
        if (isPending(cx)) {
            writeWaker = cx.waker();
            return IoResult.PENDING;
        }
        writeWaker = null;
        step(what);
        var atMost = writes.poll();
        if (atMost != null && atMost < 0) {
            writeWaker = cx.waker();
            return IoResult.PENDING;
        }
        int room = atMost == null ? Integer.MAX_VALUE : atMost;
        int n = 0;
        for (var src : srcs) {
            for (; src.hasRemaining() && n < room; n++) {
                written.write(src.get());
            }
        }
        position += n;
        return n;
    }

    @Override
    public boolean isWriteVectored() {
        return vectored;
    }

    @Override
    public boolean pollFlush(Context cx) throws IOException {
        if (isPending(cx)) {
            writeWaker = cx.waker();
            return false;
        }
        writeWaker = null;
        step("flush");
        flushes++;
        return true;
    }

    @Override
    public boolean pollShutdown(Context cx) throws IOException {
        if (isPending(cx)) {
            writeWaker = cx.waker();
            return false;
        }
        writeWaker = null;
        step("shutdown");
        shutdowns++;
        return true;
    }

    @Override
    public void startSeek(SeekFrom to) throws IOException {
        step("seek " + to);
        target = switch (to) {
            case SeekFrom.Start(long bytes) -> bytes;
            case SeekFrom.End(long bytes) -> 100 + bytes;
            case SeekFrom.Current(long bytes) -> position + bytes;
        };
    }

    @Override
    public long pollComplete(Context cx) {
        if (isPending(cx)) {
            seekWaker = cx.waker();
            return IoResult.PENDING;
        }
        seekWaker = null;
        var to = target;
        if (to != null) {
            position = to;
            target = null;
        }
        return position;
    }

    @Override
    public void cancelRead(Waker waker) {
        if (readWaker == waker) {
            readWaker = null;
        }
    }

    @Override
    public void cancelWrite(Waker waker) {
        if (writeWaker == waker) {
            writeWaker = null;
        }
    }

    @Override
    public void cancelSeek(Waker waker) {
        if (seekWaker == waker) {
            seekWaker = null;
        }
    }

    boolean hasWakers() {
        return readWaker != null || writeWaker != null || seekWaker != null;
    }
}
