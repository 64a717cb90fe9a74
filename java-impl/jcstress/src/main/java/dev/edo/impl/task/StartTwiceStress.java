package dev.edo.impl.task;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Two workers take the same task out of queues. */
@JCStressTest
@Outcome(id = "POLL, SKIP", expect = Expect.ACCEPTABLE, desc = "One polls.")
@Outcome(id = "SKIP, POLL", expect = Expect.ACCEPTABLE, desc = "One polls.")
@Outcome(id = "SKIP, SKIP", expect = Expect.FORBIDDEN, desc = "Nobody polls: the task is lost.")
@Outcome(id = "POLL, POLL", expect = Expect.FORBIDDEN, desc = "Two poll the same future at once.")
@Outcome(id = ".*, .*", expect = Expect.FORBIDDEN, desc = "Nobody cancelled.")
@State
public class StartTwiceStress {
    private final StressState state = new StressState();

    @Actor
    public void worker(LL_Result result) {
        result.r1 = state.toRunning().name();
    }

    @Actor
    public void otherWorker(LL_Result result) {
        result.r2 = state.toRunning().name();
    }
}
