package dev.edo.impl.task;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZ_Result;

/** A waker fires while the task yields. */
@JCStressTest
@Outcome(id = "NOTIFIED, false", expect = Expect.ACCEPTABLE, desc = "The poller enqueues.")
@Outcome(id = "NOTIFIED, true", expect = Expect.FORBIDDEN, desc = "Both enqueue: one node in two queues.")
@Outcome(id = "(WAITING|CANCEL), .*", expect = Expect.FORBIDDEN, desc = "Nobody enqueues a task that yielded.")
@State
public class YieldWakeStress {
    private final StressState state = StressState.running();

    @Actor
    public void poller(LZ_Result result) {
        result.r1 = state.toYielded().name();
    }

    @Actor
    public void waker(LZ_Result result) {
        result.r2 = state.toNotified();
    }
}
