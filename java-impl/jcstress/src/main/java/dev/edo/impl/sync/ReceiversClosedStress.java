package dev.edo.impl.sync;

import dev.edo.future.Context;
import dev.edo.sync.Watch;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A sender begins to wait for the end of the receivers while the last one goes; a broadcast does it the same way. */
@JCStressTest
@Outcome(id = "true, .*", expect = Expect.ACCEPTABLE,
        desc = "The sender saw the end; a wake-up besides costs one superfluous poll.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "The sender waited, and was woken.")
@Outcome(id = "false, false", expect = Expect.FORBIDDEN,
        desc = "The sender saw a receiver and the last receiver saw no sender: it sleeps for ever.")
@State
public class ReceiversClosedStress {
    private final Watch<Integer> watch = Watch.channel(0);
    private volatile boolean woken;

    @Actor
    public void receiver() {
        watch.receiver().close();
    }

    @Actor
    public void sender(ZZ_Result result) {
        result.r1 = watch.sender().closed().poll(Context.of(() -> woken = true)).isReady();
    }

    @Arbiter
    public void inTheEnd(ZZ_Result result) {
        result.r2 = woken;
    }
}
