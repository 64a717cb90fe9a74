package dev.edo.impl.sync;

import dev.edo.impl.scheduler.Effort;
import dev.edo.sync.RwLock;
import dev.edo.sync.RwLockReadGuard;
import dev.edo.sync.RwLockWriteGuard;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Writers exclude everybody, whether they waited or only tried, readers come after the writers that waited before, and
 * a downgrade lets no writer between.
 *
 * <p>Who tries does so where writers are released: a third thread that tries may find nothing while a release is under
 * way that has served a waiter already, and still has permits to put back. So it is in Tokio.
 */
public class RwLockLincheckTest {
    private final RwLock<Integer> lock = new RwLock<>(0, 3);
    private final Seat<RwLockReadGuard<Integer>> reader = new Seat<>();
    private final Seat<RwLockWriteGuard<Integer>> writer = new Seat<>();
    private @Nullable RwLockReadGuard<Integer> reading;
    private @Nullable RwLockReadGuard<Integer> downgraded;
    private @Nullable RwLockReadGuard<Integer> tried;
    private @Nullable RwLockWriteGuard<Integer> triedWriting;
    private @Nullable RwLockWriteGuard<Integer> writing;

    @Operation(nonParallelGroup = "reader")
    public String read() throws Exception {
        if (reading != null) {
            return "reads";
        }
        reader.place(lock::read);
        var ready = reader.poll();
        if (ready == null) {
            return "pending";
        }
        reading = ready.value();
        return "found " + ready.value().get();
    }

    @Operation(nonParallelGroup = "reader")
    public void endRead() {
        if (reading != null) {
            reading.close();
            reading = null;
        }
    }

    @Operation(nonParallelGroup = "reader")
    public void cancelRead() {
        reader.cancel();
    }

    @Operation(nonParallelGroup = "writer")
    public String write() throws Exception {
        if (writing != null || downgraded != null) {
            return "has it";
        }
        writer.place(lock::write);
        var ready = writer.poll();
        if (ready == null) {
            return "pending";
        }
        writing = ready.value();
        int found = writing.get();
        writing.set(found + 1);
        return "found " + found;
    }

    @Operation(nonParallelGroup = "writer")
    public void downgrade() {
        if (writing != null) {
            downgraded = writing.downgrade();
            writing = null;
        }
    }

    @Operation(nonParallelGroup = "writer")
    public void endWrite() {
        if (writing != null) {
            writing.close();
            writing = null;
        }
        if (downgraded != null) {
            downgraded.close();
            downgraded = null;
        }
    }

    @Operation(nonParallelGroup = "writer")
    public void cancelWrite() {
        writer.cancel();
    }

    @Operation(nonParallelGroup = "writer")
    public String tryRead() {
        if (tried == null) {
            tried = lock.tryRead();
        }
        return tried == null ? "none" : "found " + tried.get();
    }

    @Operation(nonParallelGroup = "writer")
    public void endTryRead() {
        if (tried != null) {
            tried.close();
            tried = null;
        }
    }

    @Operation(nonParallelGroup = "writer")
    public String tryWrite() {
        if (triedWriting != null) {
            return "has it";
        }
        triedWriting = lock.tryWrite();
        if (triedWriting == null) {
            return "none";
        }
        int found = triedWriting.get();
        triedWriting.set(found + 1);
        return "found " + found;
    }

    @Operation(nonParallelGroup = "writer")
    public void endTryWrite() {
        if (triedWriting != null) {
            triedWriting.close();
            triedWriting = null;
        }
    }

    @Validate
    public void noWakeUpIsLost() {
        reader.requireNoLostWakeUp(true);
        writer.requireNoLostWakeUp(true);
    }

    @Test
    void operationsAreAtomic() {
        new ModelCheckingOptions()
                .iterations(Effort.iterations(15))
                .invocationsPerIteration(1_000)
                .threads(2)
                .actorsPerThread(5)
                .check(RwLockLincheckTest.class);
    }

    @Test
    void operationsAreAtomicUnderStress() {
        new StressOptions()
                .iterations(Effort.iterations(10))
                .invocationsPerIteration(2_000)
                .threads(2)
                .actorsPerThread(4)
                .check(RwLockLincheckTest.class);
    }
}
