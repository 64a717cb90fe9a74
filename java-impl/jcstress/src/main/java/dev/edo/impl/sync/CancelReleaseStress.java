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
 * The first waiter gives up while a permit is released: whoever had it, the second one has it in
 * the end.
 */
@JCStressTest
@Outcome(id = "ready, true, 0", expect = Expect.ACCEPTABLE,
        desc = "The second waiter was woken and has the permit.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The permit was lost, doubled, or given without a wake-up.")
@State
public class CancelReleaseStress {
    private final Semaphore semaphore = new Semaphore(0);
    private final StressedWait first = StressedWait.queued(semaphore.acquire());
    private final StressedWait second = StressedWait.queued(semaphore.acquire());

    @Actor
    public void cancel() {
        first.cancel();
    }

    @Actor
    public void release() {
        semaphore.addPermits(1);
    }

    @Arbiter
    public void after(LZJ_Result result) {
        result.r1 = second.poll();
        result.r2 = second.woken();
        result.r3 = semaphore.availablePermits();
    }
}
