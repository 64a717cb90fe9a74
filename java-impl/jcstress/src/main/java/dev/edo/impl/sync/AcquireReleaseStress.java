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
 * Somebody finds no permit and enters the queue while one is released: it gets it, or is woken for
 * it. If the one looked at the word before the permit was in it, and the other at the queue before
 * the waiter was in it, both would go.
 */
@JCStressTest
@Outcome(id = "ready, false", expect = Expect.ACCEPTABLE, desc = "Released before the poll.")
@Outcome(id = "pending, true", expect = Expect.ACCEPTABLE,
        desc = "The waiter was in the queue, and was woken.")
@Outcome(id = "pending, false", expect = Expect.FORBIDDEN, desc = "A lost wake-up.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Woken although it never waited.")
@State
public class AcquireReleaseStress {
    private final Semaphore semaphore = new Semaphore(0);
    private final StressedWait wait = new StressedWait(semaphore.acquire());

    @Actor
    public void acquire(LZ_Result result) {
        result.r1 = wait.poll();
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
