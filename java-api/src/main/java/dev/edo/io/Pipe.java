package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * A ring of bytes between one reader and one writer, which may be on two threads.
 *
 * <p>Algorithm: {@code head} counts the bytes that were taken, {@code tail} those that were put,
 * each written by its own side only; a byte lies at its count modulo the capacity. A side that
 * finds nothing to do stores its waker and looks again; the other side moves its count, or closes,
 * and then looks for a waker. Both are sequentially consistent, so one of them sees the other: no
 * wake-up is lost. A waker is taken by an exchange, so none is called twice.
 *
 * <p>Invariants: {@code head <= tail <= head + capacity}. {@code writerDone} is set after the last
 * move of {@code tail}: who sees it and then an empty ring is at the end.
 *
 * <p>Origin: Tokio's io/util/mem.rs, which has a mutex around a growing buffer; this one neither
 * locks nor grows.
 */
final class Pipe {
    private static final VarHandle HEAD;
    private static final VarHandle TAIL;
    private static final VarHandle READER;
    private static final VarHandle WRITER;

    static {
        try {
            var lookup = MethodHandles.lookup();
            HEAD = lookup.findVarHandle(Pipe.class, "head", long.class);
            TAIL = lookup.findVarHandle(Pipe.class, "tail", long.class);
            READER = lookup.findVarHandle(Pipe.class, "reader", Waker.class);
            WRITER = lookup.findVarHandle(Pipe.class, "writer", Waker.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final byte[] ring;
    private volatile long head;
    private volatile long tail;
    private volatile boolean readerClosed;
    private volatile boolean writerDone;
    private volatile boolean writerClosed;
    private volatile @Nullable Waker reader;
    private volatile @Nullable Waker writer;

    Pipe(int capacityBytes) {
        ring = new byte[BufferSize.checked(capacityBytes)];
    }

    // ---- the reader's side

    int pollRead(Context cx, ByteBuffer dst) throws IOException {
        if (readerClosed) {
            throw new ClosedChannelException();
        }
        if (!dst.hasRemaining()) {
            return 0;
        }
        if (!cx.pollProceed()) {
            return IoResult.PENDING;
        }
        long taken = (long) HEAD.get(this);
        boolean isRegistered = false;
        while (tail == taken) {
            if (readerClosed) {
                cancelRead(cx.waker()); // who closed after the first look may have found no waker
                throw new ClosedChannelException();
            }
            if (writerDone) {
                if (tail != taken) {
                    break; // the writer's last bytes came in between
                }
                cancelRead(cx.waker());
                cx.madeProgress();
                return IoResult.END_OF_STREAM;
            }
            if (isRegistered) {
                return IoResult.PENDING;
            }
            reader = cx.waker();
            isRegistered = true;
        }
        if (isRegistered) {
            cancelRead(cx.waker());
        }
        int n = (int) Math.min(tail - taken, dst.remaining());
        int at = (int) (taken % ring.length);
        int straight = Math.min(n, ring.length - at);
        dst.put(ring, at, straight).put(ring, 0, n - straight);
        HEAD.setVolatile(this, taken + n);
        wakeWriter();
        cx.madeProgress();
        return n;
    }

    void cancelRead(Waker waker) {
        READER.compareAndSet(this, waker, null);
    }

    void closeReader() {
        readerClosed = true;
        try {
            wakeWriter();
        } finally { // a waker may break its contract and throw
            wakeReader();
        }
    }

    // ---- the writer's side

    int pollWrite(Context cx, ByteBuffer src) throws IOException {
        int room = pollRoom(cx, src.remaining());
        if (room <= 0) {
            return room;
        }
        long put = (long) TAIL.get(this);
        int n = put(put, src, room);
        publish(cx, put + n);
        return n;
    }

    int pollWrite(Context cx, ByteBuffer[] srcs) throws IOException {
        long wanted = 0;
        for (var src : srcs) {
            wanted += src.remaining();
        }
        int room = pollRoom(cx, wanted);
        if (room <= 0) {
            return room;
        }
        long put = (long) TAIL.get(this);
        int n = 0;
        for (int i = 0; i < srcs.length && n < room; i++) {
            n += put(put + n, srcs[i], room - n);
        }
        publish(cx, put + n);
        return n;
    }

    /** {@return for how much of it there is room; PENDING where for nothing} */
    private int pollRoom(Context cx, long wanted) throws IOException {
        checkOpen();
        if (wanted == 0) {
            return 0;
        }
        if (!cx.pollProceed()) {
            return IoResult.PENDING;
        }
        long put = (long) TAIL.get(this);
        boolean isRegistered = false;
        while (put - head == ring.length) {
            checkOpen();
            if (isRegistered) {
                return IoResult.PENDING;
            }
            writer = cx.waker();
            isRegistered = true;
        }
        if (isRegistered) {
            cancelWrite(cx.waker());
        }
        return (int) Math.min(ring.length - (put - head), wanted);
    }

    private void checkOpen() throws IOException {
        if (writerClosed) {
            throw new ClosedChannelException();
        }
        if (writerDone) {
            throw new BrokenPipeException("this pipe was shut down for writing; write before that");
        }
        if (readerClosed) {
            throw new BrokenPipeException("nobody will read from this pipe: its other side was closed");
        }
    }

    private int put(long count, ByteBuffer src, int room) {
        int n = Math.min(src.remaining(), room);
        int at = (int) (count % ring.length);
        int straight = Math.min(n, ring.length - at);
        src.get(ring, at, straight).get(ring, 0, n - straight);
        return n;
    }

    private void publish(Context cx, long count) {
        TAIL.setVolatile(this, count);
        wakeReader();
        cx.madeProgress();
    }

    void cancelWrite(Waker waker) {
        WRITER.compareAndSet(this, waker, null);
    }

    void checkWriterOpen() throws IOException {
        if (writerClosed) {
            throw new ClosedChannelException();
        }
    }

    /** The reader comes to an end when it has read what is there. */
    void finishWriting() {
        writerDone = true;
        wakeReader();
    }

    void closeWriter() {
        writerClosed = true;
        try {
            finishWriting();
        } finally {
            wakeWriter();
        }
    }

    private void wakeReader() {
        if (reader != null) {
            var waiting = (Waker) READER.getAndSet(this, null);
            if (waiting != null) {
                waiting.wake();
            }
        }
    }

    private void wakeWriter() {
        if (writer != null) {
            var waiting = (Waker) WRITER.getAndSet(this, null);
            if (waiting != null) {
                waiting.wake();
            }
        }
    }

    /** {@return how many bytes wait to be read} */
    long size() {
        long taken = head;
        return tail - taken;
    }

    int capacity() {
        return ring.length;
    }
}
