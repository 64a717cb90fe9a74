package dev.edo.impl.task;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZ_Result;

/** A waker fires while the poll it was registered in returns pending. */
@JCStressTest
@Outcome(id = "WAITING, true", expect = Expect.ACCEPTABLE, desc = "The waker enqueues.")
@Outcome(id = "NOTIFIED, false", expect = Expect.ACCEPTABLE, desc = "The poller enqueues.")
@Outcome(id = "WAITING, false", expect = Expect.FORBIDDEN,
        desc = "Each left it to the other: a lost wake-up.")
@Outcome(id = "NOTIFIED, true", expect = Expect.FORBIDDEN, desc = "Both enqueue: one node in two queues.")
@Outcome(id = "CANCEL, .*", expect = Expect.FORBIDDEN, desc = "Nobody cancelled.")
@State
public class WakePendingStress {
    private final StressState state = StressState.running();

    @Actor
    public void poller(LZ_Result result) {
        result.r1 = state.toIdle().name();
    }

    @Actor
    public void waker(LZ_Result result) {
        result.r2 = state.toNotified();
    }
}
