package dev.edo.impl.sync;

import dev.edo.sync.Semaphore;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZJ_Result;

/**
 * A permit is released while the semaphore is closed: the waiter has it, or is refused and it is
 * free. Woken both times.
 */
@JCStressTest
@Outcome(id = "ready, true, 0", expect = Expect.ACCEPTABLE,
        desc = "Released before the close: the waiter has it.")
@Outcome(id = "closed, true, 1", expect = Expect.ACCEPTABLE,
        desc = "Closed before: refused, and the permit is free.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The permit was lost or doubled, or nobody woke the waiter.")
@State
public class CloseReleaseStress {
    private final Semaphore semaphore = new Semaphore(0);
    private final StressedWait wait = StressedWait.queued(semaphore.acquire());

    @Actor
    public void release() {
        semaphore.addPermits(1);
    }

    @Actor
    public void close() {
        semaphore.close();
    }

    @Arbiter
    public void after(LZJ_Result result) {
        result.r1 = wait.poll();
        result.r2 = wait.woken();
        result.r3 = semaphore.availablePermits();
    }
}
