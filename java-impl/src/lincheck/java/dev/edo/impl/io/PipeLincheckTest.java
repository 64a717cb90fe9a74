package dev.edo.impl.io;

import dev.edo.future.Context;
import dev.edo.impl.scheduler.Effort;
import dev.edo.io.Io;
import dev.edo.io.IoResult;
import dev.edo.io.Simplex;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * With one reader and one writer a pipe in memory is linearizable: no byte is lost, and the end
 * comes behind the last one. Who was told to wait is woken when there is something to do.
 */
public class PipeLincheckTest {
    private final Simplex pipe = Io.simplex(2);
    private volatile boolean readerWaits;
    private volatile boolean writerWaits;
    private int written;

    @Operation(nonParallelGroup = "writer")
    public int write() {
        writerWaits = true;
        try {
            int n = pipe.writer().pollWrite(
                    Context.of(() -> writerWaits = false), ByteBuffer.wrap(new byte[] {(byte) ++written}));
            if (n != IoResult.PENDING) {
                writerWaits = false;
            } else {
                written--;
            }
            return n;
        } catch (IOException e) {
            writerWaits = false;
            return -9;
        }
    }

    @Operation(nonParallelGroup = "writer")
    public void finish() {
        try {
            boolean unused = pipe.writer().pollShutdown(Context.of(() -> {}));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Operation(nonParallelGroup = "reader")
    public int read() {
        readerWaits = true;
        try {
            var dst = ByteBuffer.allocate(1);
            int n = pipe.reader().pollRead(Context.of(() -> readerWaits = false), dst);
            if (n != IoResult.PENDING) {
                readerWaits = false;
            }
            return n == 1 ? 100 + dst.get(0) : n;
        } catch (IOException e) {
            readerWaits = false;
            return -9;
        }
    }

    @Operation(nonParallelGroup = "reader")
    public void close() {
        pipe.reader().close();
    }

    @Validate
    public void nobodyWaitsForWhatIsThere() throws IOException {
        if (readerWaits && pipe.reader().pollRead(Context.of(() -> {}), ByteBuffer.allocate(1)) != IoResult.PENDING) {
            throw new IllegalStateException("the reader was not woken");
        }
        if (writerWaits) {
            int n;
            try {
                n = pipe.writer().pollWrite(Context.of(() -> {}), ByteBuffer.wrap(new byte[1]));
            } catch (IOException e) {
                n = 0;
            }
            if (n != IoResult.PENDING) {
                throw new IllegalStateException("the writer was not woken");
            }
        }
    }

    @Test
    void readerAndWriterAreLinearizable() {
        new ModelCheckingOptions()
                .iterations(Effort.iterations(100))
                .invocationsPerIteration(1_000)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(1)
                .check(PipeLincheckTest.class);
    }
}
