package dev.edo.fs;

import dev.edo.impl.scheduler.Effort;
import java.io.Closeable;
import java.io.IOException;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.junit.jupiter.api.Test;

/**
 * Two objects for one file, which are closed while calls begin and end: no call is made on a closed file,
 * and the file is closed once, by whoever was the last to use it.
 */
public class SharedHandleLincheckTest {
    private final Resource resource = new Resource();
    private final SharedHandle<Resource> handle = new SharedHandle<>(resource);
    private boolean firstClosed;
    private boolean secondClosed;

    public SharedHandleLincheckTest() {
        if (!handle.acquire()) {
            throw new IllegalStateException("closed from the start");
        }
    }

    private static final class Resource implements Closeable {
        private volatile int closes;

        @Override
        public void close() {
            if (closes++ > 0) {
                throw new IllegalStateException("closed twice");
            }
        }
    }

    @Operation
    public void call() throws IOException {
        if (!handle.acquire()) {
            return;
        }
        if (handle.get().closes > 0) {
            throw new IllegalStateException("used when it was closed");
        }
        handle.release();
    }

    @Operation(nonParallelGroup = "first")
    public void closeFirst() throws IOException {
        if (!firstClosed) {
            firstClosed = true;
            handle.release();
        }
    }

    @Operation(nonParallelGroup = "second")
    public void closeSecond() throws IOException {
        if (!secondClosed) {
            secondClosed = true;
            handle.release();
        }
    }

    @Validate
    public void closedWhenNobodyUsesIt() {
        int expected = firstClosed && secondClosed ? 1 : 0;
        if (resource.closes != expected) {
            throw new IllegalStateException("closed " + resource.closes + " times instead of " + expected);
        }
    }

    @Test
    void lastUserCloses() {
        new ModelCheckingOptions()
                .iterations(Effort.iterations(12))
                .invocationsPerIteration(1_000)
                .threads(3)
                .actorsPerThread(3)
                .verifier(EpsilonVerifier.class)
                .check(SharedHandleLincheckTest.class);
    }

    @Test
    void lastUserClosesUnderStress() {
        new StressOptions()
                .iterations(Effort.iterations(8))
                .invocationsPerIteration(2_000)
                .threads(3)
                .actorsPerThread(4)
                .verifier(EpsilonVerifier.class)
                .check(SharedHandleLincheckTest.class);
    }
}
