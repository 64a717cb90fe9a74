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

/**
 * The receiver has closed, takes the last message, and waits for the last permit, which goes back at
 * that moment: the room of the one and of the other is counted in two places, and one of the two
 * sides sees that both are back.
 */
@JCStressTest
@Outcome(id = "true, .*", expect = Expect.ACCEPTABLE, desc = "It saw the end.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "It waited, and was woken.")
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "It sleeps over the end.")
@State
public class MpscLastMessageStress {
    private final Mpsc.Bounded<Integer> channel = Mpsc.bounded(2);
    private final MpscPermit<Integer> permit;
    private volatile boolean woken;

    public MpscLastMessageStress() {
        try {
            channel.sender().trySend(1);
            permit = channel.sender().tryReserve();
        } catch (MpscSendError e) {
            throw new AssertionError(e);
        }
        channel.receiver().close();
    }

    @Actor
    public void sender() {
        permit.close();
    }

    @Actor
    public void receiver(ZZ_Result result) {
        var receiver = channel.receiver();
        var cx = Context.of(() -> woken = true);
        if (!receiver.pollRecv(cx).equals(Poll.ready(1))) {
            throw new IllegalStateException("the channel had a message");
        }
        result.r1 = receiver.pollRecv(cx).isReady();
    }

    @Arbiter
    public void inTheEnd(ZZ_Result result) {
        result.r2 = woken;
    }
}
