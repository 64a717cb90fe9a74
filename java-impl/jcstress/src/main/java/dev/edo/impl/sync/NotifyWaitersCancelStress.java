package dev.edo.impl.sync;

import dev.edo.sync.Notify;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZL_Result;

/**
 * The middle one of three waiters gives up while all are notified and the list is let go of: the
 * others are notified, and the queue is sound, so that a later waiter is the one that is notified
 * next.
 */
@JCStressTest
@Outcome(id = "ready ready, true, ready", expect = Expect.ACCEPTABLE, desc = "All as it must be.")
@Outcome(expect = Expect.FORBIDDEN,
        desc = "Somebody was not notified, not woken, or taken for a waiter afterwards.")
@State
public class NotifyWaitersCancelStress {
    private final Notify notify = new Notify();
    private final StressedWait first = StressedWait.queued(notify.notified());
    private final StressedWait middle = StressedWait.queued(notify.notified());
    private final StressedWait last = StressedWait.queued(notify.notified());

    @Actor
    public void cancel() {
        middle.cancel();
    }

    @Actor
    public void notifies() {
        notify.notifyWaiters();
    }

    @Arbiter
    public void after(LZL_Result result) {
        result.r1 = first.poll() + " " + last.poll();
        result.r2 = first.woken() && last.woken();
        var later = StressedWait.queued(notify.notified());
        notify.notifyOne();
        result.r3 = later.woken() ? later.poll() : "not woken";
    }
}
