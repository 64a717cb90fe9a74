package dev.edo.sync;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;

/** The receiver begins to wait while somebody else closes it. */
@JCStressTest
@Outcome(id = "-3, false", expect = Expect.ACCEPTABLE, desc = "It saw the close.")
@Outcome(id = "-1, true", expect = Expect.ACCEPTABLE, desc = "It waited, and was woken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It sleeps over the close.")
@State
public class OneshotClosePollStress {
    private final StressedOneshot oneshot = new StressedOneshot();
    private volatile boolean woken;

    @Actor
    public void closer() {
        oneshot.receiver.close();
    }

    @Actor
    public void receiver(IZ_Result result) {
        result.r1 = oneshot.poll(() -> woken = true);
    }

    @Arbiter
    public void inTheEnd(IZ_Result result) {
        result.r2 = woken;
    }
}
