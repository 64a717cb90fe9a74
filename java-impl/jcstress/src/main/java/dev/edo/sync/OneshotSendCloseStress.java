package dev.edo.sync;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZII_Result;

/** The value is sent while the receiver, which waits, is closed by somebody else. */
@JCStressTest
@Outcome(id = "true, 7, 1", expect = Expect.ACCEPTABLE, desc = "Sent before, and received.")
@Outcome(id = "false, -3, 1", expect = Expect.ACCEPTABLE, desc = "Closed before; the sender was told.")
@Outcome(id = ".*, 0", expect = Expect.FORBIDDEN, desc = "The receiver sleeps over the end.")
@Outcome(id = ".*, 2", expect = Expect.FORBIDDEN, desc = "Two ends.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The two sides do not agree.")
@State
public class OneshotSendCloseStress {
    private final StressedOneshot oneshot = new StressedOneshot();
    private int wakes;

    public OneshotSendCloseStress() {
        oneshot.poll(() -> wakes++);
    }

    @Actor
    public void sender(ZII_Result result) {
        result.r1 = oneshot.sender.send(7);
    }

    @Actor
    public void closer() {
        oneshot.receiver.close();
    }

    @Arbiter
    public void inTheEnd(ZII_Result result) {
        result.r2 = oneshot.poll(() -> {});
        result.r3 = wakes;
    }
}
