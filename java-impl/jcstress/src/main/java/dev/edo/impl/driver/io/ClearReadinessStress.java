package dev.edo.impl.driver.io;

import dev.edo.impl.natives.SlotLayout;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/** The event of tick 1 is cleared while tick 2 publishes the same bit. */
@JCStressTest
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "The newer event stands.")
@Outcome(expect = Expect.FORBIDDEN,
        desc = "The clear took a bit that was published after the operation found nothing: that"
                + " event is lost.")
@State
public class ClearReadinessStress {
    private final StressedSlot stressed = new StressedSlot();
    private final long event;

    public ClearReadinessStress() {
        stressed.publish(1);
        event = stressed.io.readyEvent(StressedSlot.R);
    }

    @Actor
    public void task() {
        stressed.io.clearReadiness(event, StressedSlot.R);
    }

    @Actor
    public void driver() {
        stressed.publish(2);
    }

    @Arbiter
    public void inTheEnd(J_Result result) {
        long now = stressed.io.readyEvent(StressedSlot.R);
        result.r1 = now < 0 ? now : SlotLayout.tick(now);
    }
}
