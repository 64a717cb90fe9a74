package dev.edo.impl.task;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ILZ_Result;

/**
 * A waker fires for a task that has yielded and is taken from its queue: either the poll sees what the waker wrote
 * before, or there is another poll.
 */
@JCStressTest
@Outcome(id = "1, WAITING, false", expect = Expect.ACCEPTABLE, desc = "The poll saw it.")
@Outcome(id = "1, NOTIFIED, false", expect = Expect.ACCEPTABLE, desc = "The poll saw it and there is another one.")
@Outcome(id = "1, WAITING, true", expect = Expect.ACCEPTABLE, desc = "The poll saw it and there is another one.")
@Outcome(id = "0, NOTIFIED, false", expect = Expect.ACCEPTABLE, desc = "There is another poll, by the poller.")
@Outcome(id = "0, WAITING, true", expect = Expect.ACCEPTABLE, desc = "There is another poll, by the waker.")
@Outcome(id = "0, WAITING, false", expect = Expect.FORBIDDEN, desc = "A lost wake-up.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both enqueue: one node in two queues.")
@State
public class YieldWakeStress {
    private final StressState state = StressState.running();
    private int reason;

    @Actor
    public void poller(ILZ_Result result) {
        state.toResumed();
        result.r1 = reason;
        result.r2 = state.toIdle().name();
    }

    @Actor
    public void waker(ILZ_Result result) {
        reason = 1;
        result.r3 = state.toNotified();
    }
}
