package dev.edo.impl.task;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Two workers share the work of ending all tasks. */
@JCStressTest
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "The first ends it.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "The second ends it.")
@Outcome(id = "true, true", expect = Expect.FORBIDDEN, desc = "Both end it: its output is written twice.")
@Outcome(id = "false, false", expect = Expect.FORBIDDEN,
        desc = "Nobody ends it: its joiner waits for ever.")
@State
public class ShutdownTwiceStress {
    private final StressState state = StressState.waiting();

    @Actor
    public void worker(ZZ_Result result) {
        result.r1 = state.toShutdown();
    }

    @Actor
    public void otherWorker(ZZ_Result result) {
        result.r2 = state.toShutdown();
    }
}
