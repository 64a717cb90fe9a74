package dev.edo.impl.task;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZL_Result;

/** A task ends while a dump asks for its trace: it has ended, and is never polled again, whoever was first. */
@JCStressTest
@Outcome(id = "RUNNING, true, SKIP", expect = Expect.ACCEPTABLE, desc = "The dump was first, and finds out later.")
@Outcome(id = "ENDED, true, SKIP", expect = Expect.ACCEPTABLE, desc = "The dump learns it at once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A task that has ended is enqueued, or polled.")
@State
public class TraceDoneStress {
    private final StressState state = StressState.running();

    @Actor
    public void poller() {
        state.toComplete();
    }

    @Actor
    public void dump(LZL_Result result) {
        result.r1 = state.toTraced().name();
    }

    @Arbiter
    public void after(LZL_Result result) {
        result.r2 = state.isComplete();
        result.r3 = state.toRunning().name();
    }
}
