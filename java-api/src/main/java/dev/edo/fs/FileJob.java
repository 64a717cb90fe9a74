package dev.edo.fs;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import dev.edo.internal.BlockingCalls;
import dev.edo.internal.BlockingJob;
import dev.edo.io.SeekFrom;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What is in flight for an open file: one operation at most, which is carried out on the blocking pool, or by the kernel
 * where the runtime has a ring and the operation is a read.
 *
 * <p>Algorithm: whoever polls waits for the end of what is in flight, be it another's operation, and takes from the
 * end what concerns it: a read its bytes, which stay in the buffer otherwise; a seek its position. A call is told of
 * its end by whoever saw that. What a write failed with is kept for whoever asks for it first.
 *
 * <p>Invariants: {@code inFlight} says what was started and whose end no poll has seen yet; {@code call} is the one
 * in flight, if it is a call. Until then the {@link BufferedFile} is the operation's. A write counts as a user of the
 * handle from here on, everything else while it runs.
 */
final class FileJob {
    private final FileHandle handle;
    private final BufferedFile content;
    private final BlockingJob job;
    private final BlockingCalls calls;
    private Operation inFlight = Operation.NONE;
    private @Nullable FileCall call;
    private @Nullable Throwable writeFailure;

    FileJob(FileHandle handle, BufferedFile content, BlockingCalls calls) {
        this.handle = handle;
        this.content = content;
        this.calls = calls;
        this.job = new BlockingJob("an operation on " + handle.name(), calls);
    }

    /** What can be in flight. */
    enum Operation {
        NONE,
        READ,
        WRITE,
        SEEK,
        CALL
    }

    /** How an operation ended. */
    record Ended(Operation operation, long result, @Nullable Throwable failure) {
        void throwFailure() throws IOException {
            FileJob.throwFailure(failure);
        }
    }

    boolean isIdle() {
        return inFlight == Operation.NONE;
    }

    // ---- starting; nothing is in flight then

    void startRead(int mostBytes) throws IOException {
        var reading = RingRead.begin(handle, content, calls, mostBytes);
        if (reading != null) {
            job.start(reading);
            inFlight = Operation.READ;
        } else {
            start(Operation.READ, () -> content.read(mostBytes));
        }
    }

    void startSeek(SeekFrom position) {
        content.dropReadAhead();
        start(Operation.SEEK, () -> content.seek(position));
    }

    /** Starts a call, which hears of its end. */
    void startCall(FileCall begun) throws IOException {
        handle.checkOpen();
        if (begun.dropsReadAhead()) {
            content.dropReadAhead();
        }
        start(Operation.CALL, () -> {
            begun.run();
            return 0L;
        });
        call = begun;
    }

    private void start(Operation operation, Callable<Long> body) {
        job.start(() -> handle.use(body));
        inFlight = operation;
    }

    /** Starts to write the first bytes of the sources, which stay as they are; carried out whatever happens. */
    void startWrite(ByteBuffer[] srcs, int length) throws IOException {
        handle.acquire();
        boolean started = false;
        try {
            content.put(srcs, length);
            job.startMandatory(() -> {
                try {
                    content.write();
                } finally {
                    handle.release();
                }
                return 0L;
            });
            started = true;
            inFlight = Operation.WRITE;
        } finally {
            if (!started) {
                content.dropUnwritten();
                handle.release();
            }
        }
    }

    // ---- waiting

    /** {@return whether nothing is in flight; what did not concern the caller is kept or dropped} */
    boolean pollIdle(Context cx) throws IOException {
        handle.checkOpen();
        return isIdle() || poll(cx) != null;
    }

    /** {@return how the operation in flight has ended, or null} */
    @Nullable Ended poll(Context cx) {
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

    /** Who polled with this waker waits no more; what is in flight goes on. */
    void forget(Waker waker) {
        job.forget(waker);
    }
}
