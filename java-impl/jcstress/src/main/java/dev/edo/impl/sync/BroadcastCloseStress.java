package dev.edo.impl.sync;

import dev.edo.future.Context;
import dev.edo.sync.Broadcast;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A receiver begins to wait while the last sender goes. */
@JCStressTest
@Outcome(id = "true, .*", expect = Expect.ACCEPTABLE,
        desc = "The receiver saw the end; a wake-up besides costs one superfluous poll.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "The receiver waited, and was woken.")
@Outcome(id = "false, false", expect = Expect.FORBIDDEN,
        desc = "The receiver saw a sender and the last sender saw no receiver: it sleeps for ever.")
@State
public class BroadcastCloseStress {
    private final Broadcast<Integer> channel = Broadcast.channel(2);
    private volatile boolean woken;

    @Actor
    public void sender() {
        channel.sender().close();
    }

    @Actor
    public void receiver(ZZ_Result result) {
        result.r1 = channel.receiver().recv().poll(Context.of(() -> woken = true)).isReady();
    }

    @Arbiter
    public void inTheEnd(ZZ_Result result) {
        result.r2 = woken;
    }
}
