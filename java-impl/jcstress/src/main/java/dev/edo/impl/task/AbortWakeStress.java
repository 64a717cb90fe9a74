package dev.edo.impl.task;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/** An abort and a wake-up meet at a task that waits. */
@JCStressTest
@Outcome(id = {"true, false, CANCEL", "false, true, CANCEL"}, expect = Expect.ACCEPTABLE,
        desc = "One of them enqueues, and the next start ends the task.")
@Outcome(id = ".*, .*, POLL", expect = Expect.FORBIDDEN,
        desc = "The abort was lost: the task is polled again.")
@Outcome(id = "false, false, .*", expect = Expect.FORBIDDEN, desc = "Nobody enqueues: the task never ends.")
@Outcome(id = "true, true, .*", expect = Expect.FORBIDDEN, desc = "One node in two queues.")
@State
public class AbortWakeStress {
    private final StressState state = StressState.waiting();

    @Actor
    public void aborter(ZZL_Result result) {
        result.r1 = state.toNotifiedAndCancelled();
    }

    @Actor
    public void waker(ZZL_Result result) {
        result.r2 = state.toNotified();
    }

    @Arbiter
    public void inTheEnd(ZZL_Result result) {
        result.r3 = state.toRunning().name();
    }
}
