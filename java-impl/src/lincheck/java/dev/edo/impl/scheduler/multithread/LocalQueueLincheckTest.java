package dev.edo.impl.scheduler.multithread;

import dev.edo.impl.scheduler.Effort;
import dev.edo.impl.scheduler.Inject;
import dev.edo.impl.scheduler.Numbered;
import dev.edo.impl.scheduler.Schedulable;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** With one owner and one thief, and as long as it does not overflow, the queue is linearizable. */
public class LocalQueueLincheckTest {
    private final LocalQueue queue = new LocalQueue(16);
    private final LocalQueue thief = new LocalQueue(16);
    private final Inject inject = new Inject();
    private final WorkerStats ownerStats = new WorkerStats();
    private final WorkerStats thiefStats = new WorkerStats();
    private int pushed;

    private static int number(@Nullable Schedulable node) {
        return node instanceof Numbered known ? known.number : -1;
    }

    @Operation(nonParallelGroup = "owner")
    public void push() {
        queue.pushBack(new Numbered(pushed++), inject, ownerStats);
    }

    @Operation(nonParallelGroup = "owner")
    public int pop() {
        return number(queue.pop());
    }

    @Operation(nonParallelGroup = "owner")
    public boolean hasTasks() {
        return queue.hasTasks();
    }

    @Operation(nonParallelGroup = "thief")
    public int steal() {
        return number(queue.stealInto(thief, thiefStats));
    }

    @Operation(nonParallelGroup = "thief")
    public int popStolen() {
        return number(thief.pop());
    }

    @Test
    void ownerAndThiefAreLinearizable() {
        new ModelCheckingOptions()
                .iterations(Effort.iterations(20))
                .invocationsPerIteration(1_000)
                .threads(2)
                .actorsPerThread(4)
                .actorsBefore(4)
                .check(LocalQueueLincheckTest.class);
    }

    @Test
    void ownerAndThiefAreLinearizableUnderStress() {
        new StressOptions()
                .iterations(Effort.iterations(10))
                .invocationsPerIteration(2_000)
                .threads(2)
                .actorsPerThread(4)
                .actorsBefore(4)
                .check(LocalQueueLincheckTest.class);
    }
}
