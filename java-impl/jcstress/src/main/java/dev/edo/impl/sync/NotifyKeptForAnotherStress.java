package dev.edo.impl.sync;

import dev.edo.sync.Notify;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * All are notified, and then one, while somebody polls a future that was made before for the first
 * time. If it is polled after both, the call to all has reached it, and what was kept is for
 * another.
 */
@JCStressTest
@Outcome(id = "ready, ready", expect = Expect.ACCEPTABLE,
        desc = "Reached by all; what is kept is there.")
@Outcome(id = "pending, ready", expect = Expect.ACCEPTABLE, desc = "It waited, and was reached by all.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It has used up what was kept though it was reached by all.")
@State
public class NotifyKeptForAnotherStress {
    private final Notify notify = new Notify();
    private final StressedWait made = new StressedWait(notify.notified());

    @Actor
    public void polls(LL_Result result) {
        result.r1 = made.poll();
    }

    @Actor
    public void notifies() {
        notify.notifyWaiters();
        notify.notifyOne();
    }

    @Arbiter
    public void after(LL_Result result) {
        result.r2 = new StressedWait(notify.notified()).poll();
    }
}
