package dev.edo.impl.task;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZ_Result;

/** An abort arrives while the task yields. */
@JCStressTest
@Outcome(id = "NOTIFIED, false", expect = Expect.ACCEPTABLE,
        desc = "The poller enqueues, and the next start ends the task.")
@Outcome(id = "CANCEL, false", expect = Expect.ACCEPTABLE, desc = "The poller ends it.")
@Outcome(id = ".*, true", expect = Expect.FORBIDDEN, desc = "The aborter enqueues as well.")
@Outcome(id = "WAITING, .*", expect = Expect.FORBIDDEN, desc = "Nobody enqueues a task that yielded.")
@State
public class AbortYieldStress {
    private final StressState state = StressState.running();

    @Actor
    public void poller(LZ_Result result) {
        result.r1 = state.toYielded().name();
    }

    @Actor
    public void aborter(LZ_Result result) {
        result.r2 = state.toNotifiedAndCancelled();
    }
}
