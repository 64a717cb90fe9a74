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
 * Somebody takes the one free permit and waits for a second one while the semaphore is closed: it
 * is refused at once, or woken to be refused; and the permit that it had in part is back.
 */
@JCStressTest
@Outcome(id = "closed, false, 1", expect = Expect.ACCEPTABLE, desc = "Closed before the poll.")
@Outcome(id = "pending, true, 1", expect = Expect.ACCEPTABLE,
        desc = "Closed after it; woken, and its part is back.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It waits for ever, or its part is lost.")
@State
public class CloseAcquireStress {
    private final Semaphore semaphore = new Semaphore(1);
    private final StressedWait wait = new StressedWait(semaphore.acquireMany(2));

    @Actor
    public void acquire(LZJ_Result result) {
        result.r1 = wait.poll();
    }

    @Actor
    public void close() {
        semaphore.close();
    }

    @Arbiter
    public void after(LZJ_Result result) {
        result.r2 = wait.woken();
        result.r3 = semaphore.availablePermits();
    }
}
