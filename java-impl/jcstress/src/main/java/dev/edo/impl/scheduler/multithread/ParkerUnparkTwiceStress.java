package dev.edo.impl.scheduler.multithread;

import dev.edo.impl.scheduler.JobsUnderWay;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A worker is notified on its way to sleep, and once more, for something else, while it consumes that. */
@JCStressTest
@Outcome(id = "1, .*", expect = Expect.ACCEPTABLE, desc = "It sees what the second one was for.")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "It does not, but its next sleep will not last.")
@Outcome(id = "0, 0", expect = Expect.FORBIDDEN,
        desc = "It consumed both notifications and sees only what the first one was for.")
@State
public class ParkerUnparkTwiceStress {
    private final DriverLock lock = new DriverLock(new TokenPark());
    private final Parker parker = new Parker(lock, null, 0, new JobsUnderWay());
    private int reason;

    @Actor
    public void worker(II_Result result) {
        parker.park();
        result.r1 = reason;
    }

    @Actor
    public void unparker() {
        parker.unpark();
        reason = 1;
        parker.unpark();
    }

    @Arbiter
    public void inTheEnd(II_Result result) {
        result.r2 = parker.isNotified() ? 1 : 0;
    }
}
