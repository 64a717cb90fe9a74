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

/** A receiver begins to wait while a value is sent. */
@JCStressTest
@Outcome(id = "7, .*", expect = Expect.ACCEPTABLE,
        desc = "The receiver has the value; a wake-up besides costs one superfluous poll.")
@Outcome(id = "-1, true", expect = Expect.ACCEPTABLE, desc = "The receiver waited, and was woken.")
@Outcome(id = "-1, false", expect = Expect.FORBIDDEN,
        desc = "The receiver saw no value and the sender saw no receiver: it sleeps for ever.")
@Outcome(id = "0, .*", expect = Expect.FORBIDDEN, desc = "The receiver saw the version but not the value.")
@State
public class WatchChangedStress {
    private final Watch<Integer> watch = Watch.channel(0);
    private volatile boolean woken;

    @Actor
    public void sender() {
        watch.sender().sendReplace(7);
    }

    @Actor
    public void receiver(IZ_Result result) {
        try {
            var changed = watch.receiver().changed().poll(Context.of(() -> woken = true));
            result.r1 = changed.isReady() ? watch.receiver().borrow() : -1;
        } catch (WatchRecvError e) {
            throw new AssertionError(e);
        }
    }

    @Arbiter
    public void inTheEnd(IZ_Result result) {
        result.r2 = woken;
    }
}
