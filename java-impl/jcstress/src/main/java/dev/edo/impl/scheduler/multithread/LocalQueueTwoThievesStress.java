package dev.edo.impl.scheduler.multithread;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/**
 * Two thieves meet at one queue, and the owner (on the thread of the second thief, to need two threads
 * only) pushes while the first is still copying. Had the second claimed slots beside the first, the owner
 * could no longer tell which slots are still being copied.
 */
@JCStressTest
@Outcome(id = "[0-2], 0, 0, 0", expect = Expect.ACCEPTABLE,
        desc = "They took turns, or the second went away.")
@Outcome(id = "\\d, [1-9], \\d, \\d", expect = Expect.FORBIDDEN,
        desc = "An item is in no queue and nobody has it: a task that never runs again.")
@Outcome(id = "\\d, 0, [1-9], \\d", expect = Expect.FORBIDDEN,
        desc = "An item came out twice: one task runs on two workers at once.")
@Outcome(id = "\\d, 0, 0, [1-9]", expect = Expect.FORBIDDEN,
        desc = "A slot still refers to an item that was taken: the ring keeps a finished task alive.")
@State
public class LocalQueueTwoThievesStress {
    private final StressedQueues queues = new StressedQueues(4, 6);

    @Actor
    public void thief() {
        queues.steal();
    }

    @Actor
    public void otherThiefAndOwner() {
        queues.stealToo();
        queues.push();
        queues.push();
    }

    @Arbiter
    public void inTheEnd(IIII_Result result) {
        result.r1 = queues.stolen();
        result.r2 = queues.lost();
        result.r3 = queues.twice();
        result.r4 = queues.slotsInUse();
    }
}
