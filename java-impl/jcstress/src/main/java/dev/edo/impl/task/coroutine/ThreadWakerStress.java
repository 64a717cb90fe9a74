package dev.edo.impl.task.coroutine;

import dev.edo.impl.scheduler.Rescue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;

/** A waker fires while the thread goes to park. */
@JCStressTest
@Outcome(id = "1, true", expect = Expect.ACCEPTABLE,
        desc = "The thread woke, or did not park, and sees why.")
@Outcome(id = "0, true", expect = Expect.FORBIDDEN,
        desc = "The thread returned without seeing what the wake-up was for.")
@Outcome(id = "\\d, false", expect = Expect.FORBIDDEN,
        desc = "The thread sleeps for ever: the waker took it for awake, and it took itself for not woken.")
@State
public class ThreadWakerStress {
    private final Rescue rescue = new Rescue();
    private final AwaitingThread awaiting = new AwaitingThread();
    private int reason;

    @Actor
    public void thread(IZ_Result result) {
        awaiting.parkHere();
        result.r1 = reason;
        rescue.returned();
    }

    @Actor
    public void waker(IZ_Result result) {
        var waker = awaiting.waker();
        reason = 1;
        waker.wake();
        result.r2 = rescue.awaitReturn(awaiting::rescue);
    }
}
