package dev.edo.impl.scheduler.multithread;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A thief gets an item whose payload the owner wrote just before it pushed it. */
@JCStressTest
@Outcome(id = "-1", expect = Expect.ACCEPTABLE, desc = "The thief came before the item.")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "The thief got the item as it was pushed.")
@Outcome(id = "0", expect = Expect.FORBIDDEN,
        desc = "The thief got the item but not what was written to it before: the tail does not publish the"
                + " slot, and a task would run on a stale stage.")
@State
public class LocalQueuePublishStress {
    private final StressedQueues queues = new StressedQueues(0, 1);

    @Actor
    public void owner() {
        queues.push();
    }

    @Actor
    public void thief(I_Result result) {
        result.r1 = queues.steal();
    }
}
