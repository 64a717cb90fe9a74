package dev.edo.impl.sync;

import dev.edo.impl.scheduler.Effort;
import dev.edo.sync.AcquireError;
import dev.edo.sync.Semaphore;
import dev.edo.sync.SemaphorePermit;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Every operation is atomic, whoever waits is served in order, and who is served or refused was
 * woken. The batch semaphore below it is what locks, cells and bounded channels wait in.
 */
@Param(name = "n", gen = IntGen.class, conf = "1:2")
public class SemaphoreLincheckTest {
    private final Semaphore semaphore = new Semaphore(1);
    private final Seat<SemaphorePermit> first = new Seat<>();
    private final Seat<SemaphorePermit> second = new Seat<>();

    @Operation(nonParallelGroup = "first")
    public String pollFirst(@Param(name = "n") int n) throws Exception {
        return poll(first, n);
    }

    @Operation(nonParallelGroup = "first")
    public void cancelFirst() {
        first.cancel();
    }

    @Operation(nonParallelGroup = "second")
    public String pollSecond(@Param(name = "n") int n) throws Exception {
        return poll(second, n);
    }

    @Operation(nonParallelGroup = "second")
    public void cancelSecond() {
        second.cancel();
    }

    private String poll(Seat<SemaphorePermit> seat, int n) throws Exception {
        seat.place(() -> semaphore.acquireMany(n));
        try {
            var ready = seat.poll();
            if (ready == null) {
                return "pending";
            }
            long got = ready.value().numPermits();
            ready.value().forget();
            return "got " + got;
        } catch (AcquireError e) {
            return "closed";
        }
    }

    @Operation
    public String tryAcquire(@Param(name = "n") int n) {
        try {
            var permit = semaphore.tryAcquireMany(n);
            return permit == null ? "none" : "got " + n;
        } catch (AcquireError e) {
            return "closed";
        }
    }

    @Operation
    public void add(@Param(name = "n") int n) {
        semaphore.addPermits(n);
    }

    @Operation
    public long forget(@Param(name = "n") int n) {
        return semaphore.forgetPermits(n);
    }

    @Operation(runOnce = true)
    public void close() {
        semaphore.close();
    }

    @Operation
    public long available() {
        return semaphore.availablePermits();
    }

    @Validate
    public void noWakeUpIsLost() {
        first.requireNoLostWakeUp(true);
        second.requireNoLostWakeUp(true);
    }

    @Test
    void operationsAreAtomic() {
        new ModelCheckingOptions()
                .iterations(Effort.iterations(20))
                .invocationsPerIteration(1_000)
                .threads(3)
                .actorsPerThread(3)
                .check(SemaphoreLincheckTest.class);
    }

    @Test
    void operationsAreAtomicUnderStress() {
        new StressOptions()
                .iterations(Effort.iterations(6))
                .invocationsPerIteration(2_000)
                .threads(2)
                .actorsPerThread(4)
                .check(SemaphoreLincheckTest.class);
    }
}
