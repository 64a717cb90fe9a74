package dev.edo.impl.task;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZL_Result;

/** The runtime ends while a poll returns pending. */
@JCStressTest
@Outcome(id = "true, WAITING", expect = Expect.ACCEPTABLE, desc = "The shutdown ends it.")
@Outcome(id = "false, CANCEL", expect = Expect.ACCEPTABLE, desc = "The poller ends it.")
@Outcome(id = "true, CANCEL", expect = Expect.FORBIDDEN, desc = "Both end it.")
@Outcome(id = "false, WAITING", expect = Expect.FORBIDDEN,
        desc = "Nobody ends it: its joiner waits for ever.")
@Outcome(id = ".*, NOTIFIED", expect = Expect.FORBIDDEN, desc = "Nobody woke it.")
@State
public class ShutdownPendingStress {
    private final StressState state = StressState.running();

    @Actor
    public void shutdown(ZL_Result result) {
        result.r1 = state.toShutdown();
    }

    @Actor
    public void poller(ZL_Result result) {
        result.r2 = state.toIdle().name();
    }
}
