package dev.edo.impl.sync;

import dev.edo.impl.scheduler.Effort;
import dev.edo.sync.Mutex;
import dev.edo.sync.MutexGuard;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * One holder at a time, each of which finds what the last one wrote, whether it waited or only tried; and whoever is
 * given the lock was woken.
 */
public class MutexLincheckTest {
    private final Mutex<Integer> mutex = new Mutex<>(0);
    private final Seat<MutexGuard<Integer>> first = new Seat<>();
    private final Seat<MutexGuard<Integer>> second = new Seat<>();
    private @Nullable MutexGuard<Integer> heldByFirst;
    private @Nullable MutexGuard<Integer> heldBySecond;
    private @Nullable MutexGuard<Integer> tried;

    @Operation(nonParallelGroup = "first")
    public String lockFirst() throws Exception {
        if (heldByFirst != null) {
            return "has it";
        }
        heldByFirst = poll(first);
        return found(heldByFirst);
    }

    @Operation(nonParallelGroup = "first")
    public void unlockFirst() {
        unlock(heldByFirst);
        heldByFirst = null;
    }

    @Operation(nonParallelGroup = "first")
    public void cancelFirst() {
        first.cancel();
    }

    @Operation(nonParallelGroup = "second")
    public String lockSecond() throws Exception {
        if (heldBySecond != null) {
            return "has it";
        }
        heldBySecond = poll(second);
        return found(heldBySecond);
    }

    @Operation(nonParallelGroup = "second")
    public void unlockSecond() {
        unlock(heldBySecond);
        heldBySecond = null;
    }

    @Operation(nonParallelGroup = "second")
    public void cancelSecond() {
        second.cancel();
    }

    @Operation(nonParallelGroup = "trying")
    public String tryLock() {
        if (tried != null) {
            return "has it";
        }
        tried = mutex.tryLock();
        return tried == null ? "none" : "found " + tried.get();
    }

    @Operation(nonParallelGroup = "trying")
    public void unlockTried() {
        unlock(tried);
        tried = null;
    }

    @Operation
    public boolean isLocked() {
        return mutex.isLocked();
    }

    private @Nullable MutexGuard<Integer> poll(Seat<MutexGuard<Integer>> seat) throws Exception {
        seat.place(mutex::lock);
        var ready = seat.poll();
        return ready == null ? null : ready.value();
    }

    private static String found(@Nullable MutexGuard<Integer> guard) {
        return guard == null ? "pending" : "found " + guard.get();
    }

    private static void unlock(@Nullable MutexGuard<Integer> guard) {
        if (guard != null) {
            guard.set(guard.get() + 1);
            guard.close();
        }
    }

    @Validate
    public void noWakeUpIsLost() {
        first.requireNoLostWakeUp(true);
        second.requireNoLostWakeUp(true);
    }

    @Test
    void operationsAreAtomic() {
        new ModelCheckingOptions()
                .iterations(Effort.iterations(15))
                .invocationsPerIteration(1_000)
                .threads(2)
                .actorsPerThread(5)
                .check(MutexLincheckTest.class);
    }

    @Test
    void operationsAreAtomicUnderStress() {
        new StressOptions()
                .iterations(Effort.iterations(10))
                .invocationsPerIteration(2_000)
                .threads(2)
                .actorsPerThread(5)
                .check(MutexLincheckTest.class);
    }
}
