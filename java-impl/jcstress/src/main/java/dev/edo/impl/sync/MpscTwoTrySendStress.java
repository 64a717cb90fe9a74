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

/**
 * The channel is empty, but the room of the messages that were received is yet to be swept up: while
 * one sender does so, the other must not take the channel for full.
 */
@JCStressTest
@Outcome(id = "true, true, 0", expect = Expect.ACCEPTABLE, desc = "There is room for both.")
@Outcome(expect = Expect.FORBIDDEN, desc = "One was refused, or room was lost or given away twice.")
@State
public class MpscTwoTrySendStress {
    private static final int CAPACITY = 2;

    private final Mpsc.Bounded<Integer> channel = Mpsc.bounded(CAPACITY);

    public MpscTwoTrySendStress() {
        for (int i = 0; i < CAPACITY; i++) {
            trySend(0);
        }
        for (int i = 0; i < CAPACITY; i++) {
            if (!(channel.receiver().tryRecv() instanceof TryRecv.Received<Integer>)) {
                throw new IllegalStateException("the channel had a message");
            }
        }
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

    @Arbiter
    public void after(ZZJ_Result result) {
        result.r3 = channel.receiver().capacity();
    }
}
