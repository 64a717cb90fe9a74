package dev.edo.sync;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Two threads send by the same sender: one of them wins, and its value is received. */
@JCStressTest
@Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "The first one sent.")
@Outcome(id = "0, 1, 2", expect = Expect.ACCEPTABLE, desc = "The second one sent.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Two winners, or a value that was refused.")
@State
public class OneshotTwoSendersStress {
    private final StressedOneshot oneshot = new StressedOneshot();

    private int send(int value) {
        try {
            return oneshot.sender.send(value) ? 1 : -1;
        } catch (IllegalStateException e) {
            return 0;
        }
    }

    @Actor
    public void first(III_Result result) {
        result.r1 = send(1);
    }

    @Actor
    public void second(III_Result result) {
        result.r2 = send(2);
    }

    @Arbiter
    public void inTheEnd(III_Result result) {
        result.r3 = oneshot.poll(() -> {});
    }
}
