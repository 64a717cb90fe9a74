package dev.edo.impl.sync;

import dev.edo.sync.Semaphore;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZ_Result;

/**
 * A waiter replaces its waker while its permit is released: it sees the permit, or one of its
 * wakers is called.
 */
@JCStressTest
@Outcome(id = "ready, true", expect = Expect.ACCEPTABLE,
        desc = "Released before the poll; the first waker is called.")
@Outcome(id = "pending, true", expect = Expect.ACCEPTABLE, desc = "Released after the poll.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lost wake-up.")
@State
public class AcquireNewWakerStress {
    private final Semaphore semaphore = new Semaphore(0);
    private final StressedWait wait = StressedWait.queued(semaphore.acquire());

    @Actor
    public void pollAgain(LZ_Result result) {
        result.r1 = wait.pollWithNewWaker();
    }

    @Actor
    public void release() {
        semaphore.addPermits(1);
    }

    @Arbiter
    public void after(LZ_Result result) {
        result.r2 = wait.woken();
    }
}
