package dev.edo.impl.sync;

import dev.edo.sync.Notify;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * All are notified while somebody polls two of them, one that waits and one that was only made:
 * never the first alone.
 */
@JCStressTest
@Outcome(id = "pending, pending", expect = Expect.ACCEPTABLE, desc = "Both before.")
@Outcome(id = "pending, ready", expect = Expect.ACCEPTABLE, desc = "Notified in between.")
@Outcome(id = "ready, ready", expect = Expect.ACCEPTABLE, desc = "Both after.")
@Outcome(id = "ready, pending", expect = Expect.FORBIDDEN,
        desc = "All were notified, but not all at once.")
@State
public class NotifyWaitersAtOnceStress {
    private final Notify notify = new Notify();
    private final StressedWait waits = StressedWait.queued(notify.notified());
    private final StressedWait made = new StressedWait(notify.notified());

    @Actor
    public void polls(LL_Result result) {
        result.r1 = waits.poll();
        result.r2 = made.poll();
    }

    @Actor
    public void notifies() {
        notify.notifyWaiters();
    }
}
