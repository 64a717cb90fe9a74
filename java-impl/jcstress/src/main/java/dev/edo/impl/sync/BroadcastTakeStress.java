package dev.edo.impl.sync;

import dev.edo.sync.Broadcast;
import dev.edo.sync.BroadcastReceiver;
import dev.edo.sync.BroadcastRecv;
import dev.edo.sync.BroadcastSendError;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Two receivers take the same message; the last one lets go of it. */
@JCStressTest
@Outcome(id = "7, 7, 0", expect = Expect.ACCEPTABLE, desc = "Both have it, and nothing is kept.")
@Outcome(id = ".*, .*, 1", expect = Expect.FORBIDDEN, desc = "It is kept for nobody.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It was let go before one of them had it.")
@State
public class BroadcastTakeStress {
    private final Broadcast<Integer> channel = Broadcast.channel(2);
    private final BroadcastReceiver<Integer> other = channel.sender().subscribe();

    public BroadcastTakeStress() {
        try {
            channel.sender().send(7);
        } catch (BroadcastSendError e) {
            throw new AssertionError(e);
        }
    }

    private static int take(BroadcastReceiver<Integer> receiver) {
        return receiver.tryRecv() instanceof BroadcastRecv.Received<Integer>(Integer message) && message != null
                ? message
                : -1;
    }

    @Actor
    public void first(III_Result result) {
        result.r1 = take(channel.receiver());
    }

    @Actor
    public void second(III_Result result) {
        result.r2 = take(other);
    }

    @Arbiter
    public void inTheEnd(III_Result result) {
        result.r3 = channel.sender().len();
    }
}
