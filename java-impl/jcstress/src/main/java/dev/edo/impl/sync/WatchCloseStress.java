package dev.edo.impl.sync;

import dev.edo.sync.Watch;
import dev.edo.sync.WatchRecvError;
import dev.edo.sync.WatchSender;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;

/** The last two senders go at the same time, one of them after a last value. */
@JCStressTest
@Outcome(id = "7, true", expect = Expect.ACCEPTABLE, desc = "The value is there, and the channel is closed.")
@Outcome(id = "7, false", expect = Expect.FORBIDDEN, desc = "Neither of the two was the last.")
@Outcome(id = "0, .*", expect = Expect.FORBIDDEN, desc = "Closing brought the old value back.")
@State
public class WatchCloseStress {
    private final Watch<Integer> watch = Watch.channel(0);
    private final WatchSender<Integer> other = watch.sender().share();

    @Actor
    public void first() {
        watch.sender().sendReplace(7);
        watch.sender().close();
    }

    @Actor
    public void second() {
        other.close();
    }

    @Arbiter
    public void inTheEnd(IZ_Result result) {
        result.r1 = watch.receiver().borrow();
        try {
            watch.receiver().hasChanged();
        } catch (WatchRecvError closed) {
            result.r2 = true;
        }
    }
}
