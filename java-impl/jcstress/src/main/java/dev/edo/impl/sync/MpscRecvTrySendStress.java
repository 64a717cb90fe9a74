package dev.edo.impl.sync;

import dev.edo.sync.Mpsc;
import dev.edo.sync.MpscSendError;
import dev.edo.sync.TryRecv;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZJ_Result;

/** The receiver makes room for one message, and two senders try for it: at most one gets it. */
@JCStressTest
@Outcome(id = {"true, false, 0", "false, true, 0"}, expect = Expect.ACCEPTABLE, desc = "One got the room.")
@Outcome(id = "false, false, 1", expect = Expect.ACCEPTABLE, desc = "Both came before the room.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The room was lost, or given away twice.")
@State
public class MpscRecvTrySendStress {
    private final Mpsc.Bounded<Integer> channel = Mpsc.bounded(1);

    public MpscRecvTrySendStress() {
        trySend(0);
    }

    private boolean trySend(int message) {
        try {
            return channel.sender().trySend(message);
        } catch (MpscSendError e) {
            throw new AssertionError(e);
        }
    }

    @Actor
    public void one(ZZJ_Result result) {
        result.r1 = trySend(1);
    }

    @Actor
    public void other(ZZJ_Result result) {
        result.r2 = trySend(2);
    }

    @Actor
    public void receive() {
        if (!(channel.receiver().tryRecv() instanceof TryRecv.Received<Integer>)) {
            throw new IllegalStateException("the channel had a message");
        }
    }

    @Arbiter
    public void after(ZZJ_Result result) {
        result.r3 = channel.receiver().capacity();
    }
}
