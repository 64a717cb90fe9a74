package dev.edo.impl.task;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Two wakers fire for a task that waits. */
@JCStressTest
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "The first enqueues.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "The second enqueues.")
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "A lost wake-up.")
@Outcome(id = "true, true", expect = Expect.FORBIDDEN, desc = "One node in two queues.")
@State
public class TwoWakersStress {
    private final StressState state = StressState.waiting();

    @Actor
    public void waker(ZZ_Result result) {
        result.r1 = state.toNotified();
    }

    @Actor
    public void otherWaker(ZZ_Result result) {
        result.r2 = state.toNotified();
    }
}
