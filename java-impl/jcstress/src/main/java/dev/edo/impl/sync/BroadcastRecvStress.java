package dev.edo.impl.sync;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import dev.edo.sync.Broadcast;
import dev.edo.sync.BroadcastRecv;
import dev.edo.sync.BroadcastSendError;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;

/** A receiver begins to wait while a message is sent. */
@JCStressTest
@Outcome(id = "7, .*", expect = Expect.ACCEPTABLE,
        desc = "The receiver has the message; a wake-up besides costs one superfluous poll.")
@Outcome(id = "-1, true", expect = Expect.ACCEPTABLE, desc = "The receiver waited, and was woken.")
@Outcome(id = "-1, false", expect = Expect.FORBIDDEN,
        desc = "The receiver saw no message and the sender saw no receiver: it sleeps for ever.")
@State
public class BroadcastRecvStress {
    private final Broadcast<Integer> channel = Broadcast.channel(2);
    private volatile boolean woken;

    @Actor
    public void sender() {
        try {
            channel.sender().send(7);
        } catch (BroadcastSendError e) {
            throw new AssertionError(e);
        }
    }

    @Actor
    public void receiver(IZ_Result result) {
        var poll = channel.receiver().recv().poll(Context.of(() -> woken = true));
        result.r1 = poll instanceof Poll.Ready(BroadcastRecv.Received<Integer>(Integer message)) ? message : -1;
    }

    @Arbiter
    public void inTheEnd(IZ_Result result) {
        result.r2 = woken;
    }
}
