package dev.edo.impl.scheduler.multithread;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/**
 * A notifier raises the count of searchers to wake the only sleeper, which has just woken by itself.
 * Meanwhile another task arrives (on the thread of the worker, to need two threads only, but after the
 * worker has looked for work); its notifier relies on that count, and so does the worker, which goes to
 * sleep again.
 */
@JCStressTest
@Outcome(id = "false, 1", expect = Expect.ACCEPTABLE, desc = "The worker was picked.")
@Outcome(id = "true, 0", expect = Expect.FORBIDDEN,
        desc = "Nobody searched: the notifier found no sleeper, lowered the count and did not look again, and"
                + " tasks are queued while the worker sleeps.")
@Outcome(id = ".*, .*", expect = Expect.FORBIDDEN, desc = "The count of searchers is wrong.")
@State
public class IdleNotifierAloneStress {
    private final StressedIdle workers = new StressedIdle(1);

    public IdleNotifierAloneStress() {
        workers.idle.park(0, false);
    }

    @Actor
    public void notifier() {
        workers.pushInject();
        workers.notifyParkedOfPushed();
    }

    @Actor
    public void worker() {
        boolean searching = workers.idle.unparkSelf(0);
        workers.pushInjectToo();
        workers.notifyParkedOfPushed();
        workers.park(0, searching);
    }

    @Arbiter
    public void inTheEnd(ZI_Result result) {
        result.r1 = workers.idle.isParked(0);
        result.r2 = workers.idle.searchingCount();
    }
}
