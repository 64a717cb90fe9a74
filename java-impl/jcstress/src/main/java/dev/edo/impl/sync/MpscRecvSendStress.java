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
import org.openjdk.jcstress.infra.results.LZ_Result;

/**
 * A sender finds a full channel and begins to wait, while the receiver makes room: it sends, or is
 * woken. If the receiver looked for waiters before its message counted as received, and the sender
 * for room before it counted as a waiter, the sender would sleep beside an empty channel.
 */
@JCStressTest
@Outcome(id = "ready, false", expect = Expect.ACCEPTABLE, desc = "It found the room.")
@Outcome(id = "pending, true", expect = Expect.ACCEPTABLE, desc = "It waited, and was woken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lost wake-up, or one for nothing.")
@State
public class MpscRecvSendStress {
    private final Mpsc.Bounded<Integer> channel = Mpsc.bounded(1);
    private final StressedWait wait = new StressedWait(channel.sender().send(2));

    public MpscRecvSendStress() {
        try {
            channel.sender().trySend(1);
        } catch (MpscSendError e) {
            throw new AssertionError(e);
        }
    }

    @Actor
    public void send(LZ_Result result) {
        result.r1 = wait.poll();
    }

    @Actor
    public void receive() {
        if (!(channel.receiver().tryRecv() instanceof TryRecv.Received<Integer>)) {
            throw new IllegalStateException("the channel had a message");
        }
    }

    @Arbiter
    public void after(LZ_Result result) {
        result.r2 = wait.woken();
    }
}
