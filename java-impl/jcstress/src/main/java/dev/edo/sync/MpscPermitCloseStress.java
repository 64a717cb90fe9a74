package dev.edo.sync;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** The receiver closes, and begins to wait for the last permit, which goes back at that moment. */
@JCStressTest
@Outcome(id = "true, .*", expect = Expect.ACCEPTABLE, desc = "It saw the end.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "It waited, and was woken.")
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "It sleeps over the end.")
@State
public class MpscPermitCloseStress {
    private final Mpsc.Bounded<Integer> channel = Mpsc.bounded(1);
    private final MpscPermit<Integer> permit;
    private volatile boolean woken;

    public MpscPermitCloseStress() {
        try {
            permit = channel.sender().tryReserve();
        } catch (MpscSendError e) {
            throw new AssertionError(e);
        }
    }

    @Actor
    public void sender() {
        permit.close();
    }

    @Actor
    public void receiver(ZZ_Result result) {
        channel.receiver().close();
        result.r1 = channel.receiver().pollRecv(Context.of(() -> woken = true)) instanceof Poll.Ready<?>;
    }

    @Arbiter
    public void inTheEnd(ZZ_Result result) {
        result.r2 = woken;
    }
}
