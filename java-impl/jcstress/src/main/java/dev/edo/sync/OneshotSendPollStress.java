package dev.edo.sync;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** The value comes while the receiver, by now another task, polls. */
@JCStressTest
@Outcome(id = "7, [01], 0", expect = Expect.ACCEPTABLE, desc = "It has the value.")
@Outcome(id = "-1, 0, 1", expect = Expect.ACCEPTABLE, desc = "The new task waited, and was woken.")
@Outcome(id = "-1, ., 0", expect = Expect.FORBIDDEN, desc = "The new task sleeps over the value.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both tasks were woken, or the value was another.")
@State
public class OneshotSendPollStress {
    private final StressedOneshot oneshot = new StressedOneshot();
    private int oldWakes;
    private int newWakes;

    public OneshotSendPollStress() {
        oneshot.poll(() -> oldWakes++);
    }

    @Actor
    public void sender() {
        oneshot.sender.send(7);
    }

    @Actor
    public void receiver(III_Result result) {
        result.r1 = oneshot.poll(() -> newWakes++);
    }

    @Arbiter
    public void inTheEnd(III_Result result) {
        result.r2 = oldWakes;
        result.r3 = newWakes;
    }
}
