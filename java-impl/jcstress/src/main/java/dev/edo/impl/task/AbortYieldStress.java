package dev.edo.impl.task;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZ_Result;

/** An abort arrives while a task that has yielded is taken from its queue. */
@JCStressTest
@Outcome(id = "CANCEL, false", expect = Expect.ACCEPTABLE,
        desc = "Who has taken it ends it, before the poll or after it.")
@Outcome(id = "WAITING, true", expect = Expect.ACCEPTABLE, desc = "The aborter enqueues, and the next start ends it.")
@Outcome(id = "WAITING, false", expect = Expect.FORBIDDEN, desc = "The task waits on although it was aborted.")
@Outcome(id = "CANCEL, true", expect = Expect.FORBIDDEN, desc = "It is ended, and enqueued as well.")
@Outcome(id = "NOTIFIED, .*", expect = Expect.FORBIDDEN, desc = "It polls on although the task was aborted.")
@State
public class AbortYieldStress {
    private final StressState state = StressState.running();

    @Actor
    public void poller(LZ_Result result) {
        var start = state.toResumed();
        result.r1 = start == TaskState.Start.CANCEL ? start.name() : state.toIdle().name();
    }

    @Actor
    public void aborter(LZ_Result result) {
        result.r2 = state.toNotifiedAndCancelled();
    }
}
