package dev.edo.impl.task;

import dev.edo.future.Future;
import dev.edo.impl.scheduler.Effort;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.junit.jupiter.api.Test;

/**
 * Tasks are added and end while the runtime closes the list: in the end none is alive that was refused or
 * has ended, and after closing none is alive at all.
 */
@Param(name = "task", gen = IntGen.class, conf = "0:3")
public class OwnedTasksLincheckTest {
    private static final int TASKS = 4;

    private final InertScheduler scheduler = new InertScheduler();
    private final OwnedTasks owned = scheduler.owned();
    private final List<StacklessTask<String>> tasks = new ArrayList<>();
    private final boolean[] bound = new boolean[TASKS];
    private final AtomicIntegerArray known = new AtomicIntegerArray(TASKS);
    private volatile boolean closed;

    public OwnedTasksLincheckTest() {
        for (int i = 0; i < TASKS; i++) {
            tasks.add(new StacklessTask<>(scheduler, Future.<String>pending()));
        }
    }

    /** A task is spawned once, by one thread. */
    @Operation(nonParallelGroup = "spawner")
    public boolean bind(@Param(name = "task") int task) {
        if (bound[task]) {
            return false;
        }
        bound[task] = true;
        var own = task % 2 == 0 ? owned.ownList(0) : null;
        boolean accepted = owned.admit(tasks.get(task), own) && owned.add(tasks.get(task), own);
        if (!accepted) {
            tasks.get(task).abandon();
        }
        known.set(task, 1);
        return accepted;
    }

    /** A task ends, on whichever thread; nobody knows it before it was spawned. */
    @Operation
    public void end(@Param(name = "task") int task) {
        if (known.get(task) == 1) {
            tasks.get(task).shutDown();
        }
    }

    @Operation
    public void close() {
        owned.closeAndShutDownAll(0);
        closed = true;
    }

    @Operation
    public int dump() {
        return owned.listed().size();
    }

    @Validate
    public void aliveIsWhatWasBoundAndHasNotEnded() {
        var snapshot = owned.listed();
        if (snapshot.size() != owned.aliveCount()) {
            throw new IllegalStateException("listed=" + snapshot.size() + " counted=" + owned.aliveCount());
        }
        if (closed && !snapshot.isEmpty()) {
            throw new IllegalStateException("closed, and still alive: " + snapshot);
        }
        for (int i = 0; i < TASKS; i++) {
            var task = tasks.get(i);
            if (bound[i] && task.isFinished() == snapshot.contains(task)) {
                throw new IllegalStateException(task + " finished=" + task.isFinished() + " listed="
                        + snapshot.contains(task));
            }
        }
    }

    @Test
    void noTaskIsForgotten() {
        new ModelCheckingOptions()
                .iterations(Effort.iterations(20))
                .invocationsPerIteration(500)
                .threads(3)
                .actorsPerThread(3)
                .verifier(EpsilonVerifier.class)
                .check(OwnedTasksLincheckTest.class);
    }

    @Test
    void noTaskIsForgottenUnderStress() {
        new StressOptions()
                .iterations(Effort.iterations(10))
                .invocationsPerIteration(1_000)
                .threads(2)
                .actorsPerThread(4)
                .verifier(EpsilonVerifier.class)
                .check(OwnedTasksLincheckTest.class);
    }
}
