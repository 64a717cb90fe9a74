package dev.edo.impl.sync;

import dev.edo.future.Context;
import dev.edo.sync.Watch;
import dev.edo.sync.WatchRecvError;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;

/** A receiver begins to wait for a value while the last sender goes. */
@JCStressTest
@Outcome(id = "-1, .*", expect = Expect.ACCEPTABLE,
        desc = "The receiver saw the end; a wake-up besides costs one superfluous poll.")
@Outcome(id = "0, true", expect = Expect.ACCEPTABLE, desc = "The receiver waited, and was woken.")
@Outcome(id = "0, false", expect = Expect.FORBIDDEN,
        desc = "The receiver saw a sender and the last sender saw no receiver: it sleeps for ever.")
@Outcome(id = "1, .*", expect = Expect.FORBIDDEN, desc = "The receiver saw a value that nobody sent.")
@State
public class WatchEndStress {
    private final Watch<Integer> watch = Watch.channel(0);
    private volatile boolean woken;

    @Actor
    public void sender() {
        watch.sender().close();
    }

    @Actor
    public void receiver(IZ_Result result) {
        try {
            var changed = watch.receiver().changed().poll(Context.of(() -> woken = true));
            result.r1 = changed.isReady() ? 1 : 0;
        } catch (WatchRecvError closed) {
            result.r1 = -1;
        }
    }

    @Arbiter
    public void inTheEnd(IZ_Result result) {
        result.r2 = woken;
    }
}
