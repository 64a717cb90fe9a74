package dev.edo.impl.task.coroutine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A thread consumes a stale wake-up while a new one arrives, for something else. */
@JCStressTest
@Outcome(id = "1, .*", expect = Expect.ACCEPTABLE, desc = "It sees what the second one was for.")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "It does not, but its next park returns at once.")
@Outcome(id = "0, 0", expect = Expect.FORBIDDEN,
        desc = "It consumed both wake-ups and sees only what the first one was for: it polls in vain and"
                + " sleeps for ever.")
@State
public class ThreadWakerTwiceStress {
    private final ThreadWaker waker = new ThreadWaker(Thread.currentThread());
    private int reason;

    public ThreadWakerTwiceStress() {
        waker.wake();
    }

    @Actor
    public void thread(II_Result result) {
        waker.park();
        result.r1 = reason;
    }

    @Actor
    public void waker() {
        reason = 1;
        waker.wake();
    }

    @Arbiter
    public void inTheEnd(II_Result result) {
        result.r2 = waker.isWoken() ? 1 : 0;
    }
}
