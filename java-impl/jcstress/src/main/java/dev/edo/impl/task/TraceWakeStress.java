package dev.edo.impl.task;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZL_Result;

/** A waker fires for a task that waits while a dump asks for its trace: one of the two enqueues it. */
@JCStressTest
@Outcome(id = "WAITING, false, TRACE", expect = Expect.ACCEPTABLE, desc = "The dump was first.")
@Outcome(id = "QUEUED, true, TRACE", expect = Expect.ACCEPTABLE, desc = "The waker was first.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Nobody enqueues, or both do, or the request is lost.")
@State
public class TraceWakeStress {
    private final StressState state = StressState.waiting();

    @Actor
    public void dump(LZL_Result result) {
        result.r1 = state.toTraced().name();
    }

    @Actor
    public void waker(LZL_Result result) {
        result.r2 = state.toNotified();
    }

    @Arbiter
    public void next(LZL_Result result) {
        result.r3 = state.toRunning().name();
    }
}
