package dev.edo.impl.task;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/** The thread of a task in direct style ends while the last worker abandons the task. */
@JCStressTest
@Outcome(id = {"true, false, false", "false, true, false"}, expect = Expect.ACCEPTABLE,
        desc = "One of them ends it, and nobody after that.")
@Outcome(id = "true, true, .*", expect = Expect.FORBIDDEN,
        desc = "Both end it: its output is written twice, and the joiner gets either.")
@Outcome(id = "false, false, .*", expect = Expect.FORBIDDEN,
        desc = "Nobody ends it: its joiner waits for ever.")
@Outcome(id = ".*, .*, true", expect = Expect.FORBIDDEN, desc = "It can be ended again.")
@State
public class ClaimStress {
    private final StressState state = new StressState();

    @Actor
    public void thread(ZZZ_Result result) {
        result.r1 = state.claim();
    }

    @Actor
    public void lastWorker(ZZZ_Result result) {
        state.toCancelled();
        result.r2 = state.claim();
    }

    @Arbiter
    public void inTheEnd(ZZZ_Result result) {
        result.r3 = state.claim();
    }
}
