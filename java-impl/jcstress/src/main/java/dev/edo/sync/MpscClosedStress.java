package dev.edo.sync;

import dev.edo.future.Context;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** The receiver closes while a sender begins to wait for that. */
@JCStressTest
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "The sender saw it.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "The sender waited, and was woken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The sender sleeps over it, or was woken for nothing.")
@State
public class MpscClosedStress {
    private final Mpsc.Unbounded<Integer> channel = Mpsc.unbounded();
    private volatile boolean woken;

    @Actor
    public void sender(ZZ_Result result) {
        result.r1 = channel.sender().closed().poll(Context.of(() -> woken = true)).isReady();
    }

    @Actor
    public void receiver() {
        channel.receiver().close();
    }

    @Arbiter
    public void inTheEnd(ZZ_Result result) {
        result.r2 = woken;
    }
}
