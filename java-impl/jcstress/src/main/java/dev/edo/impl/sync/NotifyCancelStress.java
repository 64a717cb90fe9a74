package dev.edo.impl.sync;

import dev.edo.sync.Notify;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZ_Result;

/** The first waiter gives up while one is notified: in the end the second one is, and was woken. */
@JCStressTest
@Outcome(id = "ready, true", expect = Expect.ACCEPTABLE,
        desc = "The second waiter has the notification.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The notification was lost with the first waiter.")
@State
public class NotifyCancelStress {
    private final Notify notify = new Notify();
    private final StressedWait first = StressedWait.queued(notify.notified());
    private final StressedWait second = StressedWait.queued(notify.notified());

    @Actor
    public void cancel() {
        first.cancel();
    }

    @Actor
    public void notifies() {
        notify.notifyOne();
    }

    @Arbiter
    public void after(LZ_Result result) {
        result.r1 = second.poll();
        result.r2 = second.woken();
    }
}
