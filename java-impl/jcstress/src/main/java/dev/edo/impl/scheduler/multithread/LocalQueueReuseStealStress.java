package dev.edo.impl.scheduler.multithread;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/**
 * The owner takes and pushes, so that it comes to the slots which a thief is still copying from. Writing
 * over * such a slot loses what the thief has not copied, and the thief clears what the owner wrote.
 */
@JCStressTest
@Outcome(id = "\\d, 0, 0, 0", expect = Expect.ACCEPTABLE,
        desc = "The owner wrote to slots the thief was done with, or to the inject queue.")
@Outcome(id = "\\d, [1-9], \\d, \\d", expect = Expect.FORBIDDEN,
        desc = "An item is in no queue and nobody has it: a task that never runs again.")
@Outcome(id = "\\d, 0, [1-9], \\d", expect = Expect.FORBIDDEN,
        desc = "An item came out twice: one task runs on two workers at once.")
@Outcome(id = "\\d, 0, 0, [1-9]", expect = Expect.FORBIDDEN,
        desc = "A slot still refers to an item that was taken: the ring keeps a finished task alive.")
@State
public class LocalQueueReuseStealStress {
    private final StressedQueues queues = new StressedQueues(4, 6);

    @Actor
    public void owner() {
        queues.pop();
        queues.pop();
        queues.push();
        queues.push();
    }

    @Actor
    public void thief() {
        queues.steal();
    }

    @Arbiter
    public void inTheEnd(IIII_Result result) {
        result.r1 = queues.stolen();
        result.r2 = queues.lost();
        result.r3 = queues.twice();
        result.r4 = queues.slotsInUse();
    }
}
