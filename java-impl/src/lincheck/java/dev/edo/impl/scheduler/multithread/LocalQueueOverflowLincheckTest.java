package dev.edo.impl.scheduler.multithread;

import dev.edo.impl.scheduler.Effort;
import dev.edo.impl.scheduler.Inject;
import dev.edo.impl.scheduler.Numbered;
import dev.edo.impl.scheduler.Schedulable;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Rings of four slots that overflow while two thieves are at them. Where an item goes depends on whether a
 * thief is between its two steps, which no sequential queue can say; so what is checked is that each item
 * comes once.
 */
public class LocalQueueOverflowLincheckTest {
    private final LocalQueue queue = new LocalQueue(4);
    private final LocalQueue thief = new LocalQueue(4);
    private final LocalQueue otherThief = new LocalQueue(4);
    private final Inject inject = new Inject();
    private final WorkerStats ownerStats = new WorkerStats();
    private final WorkerStats thiefStats = new WorkerStats();
    private final WorkerStats otherThiefStats = new WorkerStats();
    private final List<Numbered> pushed = new ArrayList<>();

    private static void take(@Nullable Schedulable node) {
        if (node instanceof Numbered known) {
            known.taken++;
        }
    }

    @Operation(nonParallelGroup = "owner")
    public void pushTwo() {
        push();
        push();
    }

    private void push() {
        var node = new Numbered(pushed.size());
        pushed.add(node);
        queue.pushBack(node, inject, ownerStats);
    }

    @Operation(nonParallelGroup = "owner")
    public void pop() {
        take(queue.pop());
    }

    @Operation(nonParallelGroup = "thief")
    public void steal() {
        take(queue.stealInto(thief, thiefStats));
    }

    @Operation(nonParallelGroup = "thief")
    public void popStolen() {
        take(thief.pop());
    }

    @Operation(nonParallelGroup = "other thief")
    public void stealFromThief() {
        take(thief.stealInto(otherThief, otherThiefStats));
    }

    @Operation(nonParallelGroup = "other thief")
    public void stealToo() {
        take(queue.stealInto(otherThief, otherThiefStats));
    }

    @Validate
    public void everyItemCameOnce() {
        for (var each : List.of(queue, thief, otherThief)) {
            for (var node = each.pop(); node != null; node = each.pop()) {
                take(node);
            }
        }
        for (var node = inject.pop(); node != null; node = inject.pop()) {
            take(node);
        }
        for (var node : pushed) {
            if (node.taken != 1) {
                throw new IllegalStateException("taken=" + node.taken + " item=" + node.number);
            }
        }
    }

    @Test
    void nothingIsLostOrDoubled() {
        new ModelCheckingOptions()
                .iterations(Effort.iterations(12))
                .invocationsPerIteration(1_500)
                .threads(3)
                .actorsPerThread(3)
                .actorsBefore(3)
                .verifier(EpsilonVerifier.class)
                .check(LocalQueueOverflowLincheckTest.class);
    }

    @Test
    void nothingIsLostOrDoubledUnderStress() {
        new StressOptions()
                .iterations(Effort.iterations(10))
                .invocationsPerIteration(2_000)
                .threads(2)
                .actorsPerThread(4)
                .actorsBefore(3)
                .verifier(EpsilonVerifier.class)
                .check(LocalQueueOverflowLincheckTest.class);
    }
}
