package dev.edo.impl.driver.io;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A future enlists while an event is published: it sees the event, or it is woken, or both. */
@JCStressTest
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "The poll saw the event.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "The future waited, and was woken.")
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "Both: one superfluous poll.")
@Outcome(id = "false, false", expect = Expect.FORBIDDEN,
        desc = "The driver found the list empty, without its lock, and the future looked for readiness before"
                + " it was published: the task sleeps for ever.")
@State
public class ReadinessWakeStress {
    private final StressedSlot stressed = new StressedSlot();
    private final Readiness future =
            new Registration(null, stressed.io).readiness(StressedSlot.R);
    private volatile boolean woken;

    @Actor
    public void driver() {
        stressed.turn(1);
    }

    @Actor
    public void task(ZZ_Result result) {
        result.r1 = stressed.io.pollReadiness(future, () -> woken = true) != ReadinessWord.PENDING;
    }

    @Arbiter
    public void inTheEnd(ZZ_Result result) {
        result.r2 = woken;
    }
}
