package dev.edo.impl.task;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZLZ_Result;

/** An abort arrives while the poll ends the task. */
@JCStressTest
@Outcome(id = "false, SKIP, true", expect = Expect.ACCEPTABLE,
        desc = "The task has its result; the abort came too late.")
@Outcome(id = "true, .*, .*", expect = Expect.FORBIDDEN,
        desc = "The aborter enqueues a task that has ended, or is about to.")
@Outcome(id = ".*, (POLL|CANCEL), .*", expect = Expect.FORBIDDEN,
        desc = "A task that has ended can be started again: it would be ended twice.")
@Outcome(id = ".*, .*, false", expect = Expect.FORBIDDEN,
        desc = "The end of the task was overwritten: its joiner waits for ever.")
@State
public class AbortDoneStress {
    private final StressState state = StressState.running();

    @Actor
    public void poller() {
        state.toComplete();
    }

    @Actor
    public void aborter(ZLZ_Result result) {
        result.r1 = state.toNotifiedAndCancelled();
    }

    @Arbiter
    public void inTheEnd(ZLZ_Result result) {
        result.r2 = state.toRunning().name();
        result.r3 = state.isComplete();
    }
}
