package dev.edo.sync;

import dev.edo.future.Context;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** The receiver is given up while the sender begins to wait for that. */
@JCStressTest
@Outcome(id = "true, .*", expect = Expect.ACCEPTABLE, desc = "The sender saw it.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "The sender waited, and was woken.")
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "The sender sleeps over it.")
@State
public class OneshotClosedStress {
    private final StressedOneshot oneshot = new StressedOneshot();
    private volatile boolean woken;

    @Actor
    public void sender(ZZ_Result result) {
        result.r1 = oneshot.sender.pollClosed(Context.of(() -> woken = true)).isReady();
    }

    @Actor
    public void receiver() {
        oneshot.receiver.cancel();
    }

    @Arbiter
    public void inTheEnd(ZZ_Result result) {
        result.r2 = woken;
    }
}
