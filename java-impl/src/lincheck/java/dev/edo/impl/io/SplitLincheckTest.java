package dev.edo.impl.io;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import dev.edo.impl.scheduler.Effort;
import dev.edo.io.AsyncRead;
import dev.edo.io.AsyncWrite;
import dev.edo.io.Io;
import dev.edo.io.IoResult;
import dev.edo.io.SplitHalves;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Two halves of a stream that is not made for two threads are never inside of it together, and a
 * half that was told to wait for the other one is woken. What a poll returns depends on who is
 * inside, so it is no result here.
 */
public class SplitLincheckTest {
    /** Every call reads its count and writes it back, which loses one where two come together. */
    private static final class Unsafe implements AsyncRead, AsyncWrite {
        private volatile int visits;

        @SuppressWarnings("NonAtomicOperationOnVolatileField") // that is the point
        private int visit() {
            int before = visits;
            visits = before + 1;
            return 1;
        }

        @Override
        public int pollRead(Context cx, ByteBuffer dst) {
            return visit();
        }

        @Override
        public int pollWrite(Context cx, ByteBuffer src) {
            return visit();
        }

        @Override
        public boolean pollFlush(Context cx) {
            return true;
        }

        @Override
        public boolean pollShutdown(Context cx) {
            return true;
        }

        @Override
        public void cancelRead(Waker waker) {
            int unused = visit();
        }
    }

    private final Unsafe stream = new Unsafe();
    private final SplitHalves<Unsafe> halves = Io.split(stream);
    private volatile boolean readerWaits;
    private volatile boolean writerWaits;
    private int reads;
    private int writes;
    private int cancels;

    @Operation(nonParallelGroup = "reader")
    public void read() throws IOException {
        readerWaits = true;
        if (halves.read().pollRead(Context.of(() -> readerWaits = false), ByteBuffer.allocate(1)) != IoResult.PENDING) {
            readerWaits = false;
            reads++;
        }
    }

    @Operation(nonParallelGroup = "reader")
    public void cancelRead() {
        readerWaits = false;
        cancels++;
        halves.read().cancelRead(() -> {});
    }

    @Operation(nonParallelGroup = "writer")
    public void write() throws IOException {
        writerWaits = true;
        if (halves.write().pollWrite(Context.of(() -> writerWaits = false), ByteBuffer.allocate(1))
                != IoResult.PENDING) {
            writerWaits = false;
            writes++;
        }
    }

    @Validate
    public void nothingIsLost() {
        if (readerWaits || writerWaits) {
            throw new IllegalStateException("a half waits although the stream is free");
        }
        // A request to forget may replace one that nobody has carried out yet.
        if (stream.visits < reads + writes || stream.visits > reads + writes + cancels
                || cancels > 0 && stream.visits == reads + writes) {
            throw new IllegalStateException("visits=" + stream.visits + ", reads=" + reads + ", writes=" + writes
                    + ", cancels=" + cancels);
        }
    }

    @Test
    void halvesTakeTurns() {
        new ModelCheckingOptions()
                .iterations(Effort.iterations(20))
                .invocationsPerIteration(3_000)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(0)
                .check(SplitLincheckTest.class);
    }
}
