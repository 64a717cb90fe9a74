package dev.edo.impl.task;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZ_Result;

/** An abort arrives while the poll returns pending. */
@JCStressTest
@Outcome(id = "WAITING, true", expect = Expect.ACCEPTABLE,
        desc = "The aborter enqueues, and the next start ends the task.")
@Outcome(id = "CANCEL, false", expect = Expect.ACCEPTABLE, desc = "The poller ends it.")
@Outcome(id = "WAITING, false", expect = Expect.FORBIDDEN,
        desc = "The task waits on although it was aborted.")
@Outcome(id = "CANCEL, true", expect = Expect.FORBIDDEN,
        desc = "The poller ends it and it is enqueued as well.")
@Outcome(id = "NOTIFIED, .*", expect = Expect.FORBIDDEN,
        desc = "The poller polls on although the task was aborted.")
@State
public class AbortPendingStress {
    private final StressState state = StressState.running();

    @Actor
    public void poller(LZ_Result result) {
        result.r1 = state.toIdle().name();
    }

    @Actor
    public void aborter(LZ_Result result) {
        result.r2 = state.toNotifiedAndCancelled();
    }
}
