package dev.edo.impl.task;

import dev.edo.impl.scheduler.Effort;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * Each transition is atomic and does what {@link TaskStateSpecification} says, in any order and at any
 * time.
 */
public class TaskStateLincheckTest {
    private final TaskState state = new StateUnderTest();

    @Operation
    public String start() {
        return state.toRunning().name();
    }

    /** A poll ends; whoever runs the task is one thread. */
    @Operation(nonParallelGroup = "poller")
    public String pending() {
        return state.toIdle().name();
    }

    /** A poll begins of a task that kept RUNNING while it was queued. */
    @Operation(nonParallelGroup = "poller")
    public String resume() {
        return state.toResumed().name();
    }

    @Operation(nonParallelGroup = "poller")
    public void done() {
        state.toComplete();
    }

    @Operation
    public boolean wake() {
        return state.toNotified();
    }

    @Operation
    public String trace() {
        return state.toTraced().name();
    }

    @Operation
    public boolean abort() {
        return state.toNotifiedAndCancelled();
    }

    @Operation
    public boolean shutDown() {
        return state.toShutdown();
    }

    @Operation
    public boolean cancel() {
        return state.toCancelled();
    }

    @Operation
    public boolean claim() {
        return state.claim();
    }

    @Operation
    public boolean isComplete() {
        return state.isComplete();
    }

    @Operation
    public boolean isCancelled() {
        return state.isCancelled();
    }

    @Test
    void transitionsAreAtomicAndAsSpecified() {
        new ModelCheckingOptions()
                .iterations(Effort.iterations(20))
                .invocationsPerIteration(1_000)
                .threads(3)
                .actorsPerThread(3)
                .sequentialSpecification(TaskStateSpecification.class)
                .check(TaskStateLincheckTest.class);
    }

    @Test
    void transitionsAreAtomicAndAsSpecifiedUnderStress() {
        new StressOptions()
                .iterations(Effort.iterations(10))
                .invocationsPerIteration(2_000)
                .threads(2)
                .actorsPerThread(4)
                .sequentialSpecification(TaskStateSpecification.class)
                .check(TaskStateLincheckTest.class);
    }
}
