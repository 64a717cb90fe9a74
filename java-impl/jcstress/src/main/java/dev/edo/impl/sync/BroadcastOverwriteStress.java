package dev.edo.impl.sync;

import dev.edo.sync.Broadcast;
import dev.edo.sync.BroadcastRecv;
import dev.edo.sync.BroadcastSendError;
import dev.edo.sync.BroadcastTryRecv;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A receiver takes the only message that is kept while the sender overwrites it. */
@JCStressTest
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "It was in time for both.")
@Outcome(id = "1, -1", expect = Expect.ACCEPTABLE, desc = "It had the first before the second was there.")
@Outcome(id = "-2, 2", expect = Expect.ACCEPTABLE,
        desc = "It was too late for the first, was told, and had the second.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A message came twice, or was missed in silence.")
@State
public class BroadcastOverwriteStress {
    private final Broadcast<Integer> channel = Broadcast.channel(1);

    public BroadcastOverwriteStress() {
        try {
            channel.sender().send(1);
        } catch (BroadcastSendError e) {
            throw new AssertionError(e);
        }
    }

    private int next() {
        return switch (channel.receiver().tryRecv()) {
            case BroadcastRecv.Received<Integer>(Integer message) -> message;
            case BroadcastRecv.Lagged<Integer>(long skipped) -> -1 - (int) skipped;
            case BroadcastRecv.Closed<Integer> _ -> 0;
            case BroadcastTryRecv.Empty<Integer> _ -> -1;
        };
    }

    @Actor
    public void sender() {
        try {
            channel.sender().send(2);
        } catch (BroadcastSendError e) {
            throw new AssertionError(e);
        }
    }

    @Actor
    public void receiver(II_Result result) {
        result.r1 = next();
        result.r2 = next();
    }
}
