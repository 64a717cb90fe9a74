package dev.edo.impl.scheduler.multithread;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZI_Result;

/** A notifier picks a worker that the driver has just woken. */
@JCStressTest
@Outcome(id = "0, true, 1", expect = Expect.ACCEPTABLE,
        desc = "Picked, and the worker knows that it counts as a searcher.")
@Outcome(id = "-1, false, 0", expect = Expect.ACCEPTABLE, desc = "The worker was awake before.")
@Outcome(id = "0, false, .*", expect = Expect.FORBIDDEN,
        desc = "Picked, but the worker does not know: searching stays raised for ever and nobody is ever"
                + " woken again.")
@Outcome(id = "-1, true, .*", expect = Expect.FORBIDDEN,
        desc = "Not picked, but the worker thinks so: searching falls below zero.")
@Outcome(id = ".*, .*, .*", expect = Expect.FORBIDDEN, desc = "The count of searchers is wrong.")
@State
public class IdleNotifySelfUnparkStress {
    private final StressedIdle workers = new StressedIdle(2);

    public IdleNotifySelfUnparkStress() {
        workers.idle.park(0, false);
    }

    @Actor
    public void notifier(IZI_Result result) {
        result.r1 = workers.notifyParked();
    }

    @Actor
    public void worker(IZI_Result result) {
        result.r2 = workers.idle.unparkSelf(0);
    }

    @Arbiter
    public void inTheEnd(IZI_Result result) {
        result.r3 = workers.idle.searchingCount();
    }
}
