package dev.edo.impl.scheduler.multithread;

import dev.edo.impl.scheduler.Effort;
import dev.edo.impl.scheduler.Inject;
import dev.edo.impl.scheduler.Numbered;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.junit.jupiter.api.Test;

/**
 * The protocol as a specification. Workers take turns of looking for a task, searching and going to sleep,
 * and tasks arrive meanwhile. Once all have come to rest (each worker is asleep, or runs a task and may do
 * so for ever) no task may be queued while a worker sleeps, unless somebody was woken for it.
 */
public class IdleLincheckTest {
    private static final int WORKERS = 3;

    private final Idle idle = new Idle(WORKERS);
    private final Inject inject = new Inject();
    private final boolean[] searching = new boolean[WORKERS];
    private final boolean[] asleep = new boolean[WORKERS];

    @Operation
    public void pushAndNotify() {
        inject.push(new Numbered(0));
        notifyParked();
    }

    @Operation(nonParallelGroup = "worker 0")
    public void turnOfWorker0() {
        turn(0);
    }

    @Operation(nonParallelGroup = "worker 1")
    public void turnOfWorker1() {
        turn(1);
    }

    @Operation(nonParallelGroup = "worker 2")
    public void turnOfWorker2() {
        turn(2);
    }

    /** The driver wakes a worker for a task of its own. */
    @Operation(nonParallelGroup = "worker 2")
    public void worker2WakesByItself() {
        if (asleep[2]) {
            asleep[2] = false;
            searching[2] = idle.unparkSelf(2);
            ranOne(2);
        }
    }

    /** As {@link Worker#run} does it, up to the task that it runs. */
    private void turn(int worker) {
        if (asleep[worker]) {
            if (idle.isParked(worker)) {
                return;
            }
            asleep[worker] = false;
            searching[worker] = true;
        }
        if (inject.pop() != null) {
            ranOne(worker);
            return;
        }
        if (!searching[worker]) {
            searching[worker] = idle.startSearching();
        }
        if (searching[worker] && inject.pop() != null) {
            ranOne(worker);
            return;
        }
        boolean wasSearching = searching[worker];
        searching[worker] = false;
        asleep[worker] = true;
        if (idle.park(worker, wasSearching) && !inject.isEmpty()) {
            notifyParked();
        }
    }

    private void ranOne(int worker) {
        if (searching[worker]) {
            searching[worker] = false;
            if (idle.stopSearching() && !inject.isEmpty()) {
                notifyParked();
            }
        }
    }

    /** As {@link MultiThread#notifyParked} does it; the worker it picks is awake once its bit is gone. */
    private void notifyParked() {
        while (idle.notifyOne(1) == Idle.LOOK_AGAIN && !inject.isEmpty()) {
            continue;
        }
    }

    @Validate
    public void noTaskWaitsBesideASleeper() {
        int picked = 0;
        boolean somebodySleeps = false;
        for (int worker = 0; worker < WORKERS; worker++) {
            if (asleep[worker]) {
                somebodySleeps |= idle.isParked(worker);
                picked += idle.isParked(worker) ? 0 : 1;
            }
        }
        if (idle.searchingCount() != picked) {
            throw new IllegalStateException("searching=" + idle.searchingCount() + " picked=" + picked);
        }
        if (!inject.isEmpty() && somebodySleeps && picked == 0) {
            throw new IllegalStateException("a task is queued, a worker sleeps, and nobody was woken");
        }
    }

    @Test
    void noWakeUpIsLost() {
        new ModelCheckingOptions()
                .iterations(Effort.iterations(20))
                .invocationsPerIteration(1_500)
                .threads(3)
                .actorsPerThread(3)
                .actorsBefore(3)
                .verifier(EpsilonVerifier.class)
                .check(IdleLincheckTest.class);
    }

    @Test
    void noWakeUpIsLostUnderStress() {
        new StressOptions()
                .iterations(Effort.iterations(10))
                .invocationsPerIteration(2_000)
                .threads(2)
                .actorsPerThread(4)
                .actorsBefore(3)
                .verifier(EpsilonVerifier.class)
                .check(IdleLincheckTest.class);
    }
}
