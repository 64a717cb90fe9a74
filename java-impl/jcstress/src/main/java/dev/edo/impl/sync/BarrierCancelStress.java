package dev.edo.impl.sync;

import dev.edo.sync.Barrier;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * One of two takes its arrival back while the other one arrives: the barrier opened before, or it
 * still needs one.
 */
@JCStressTest
@Outcome(id = "ready, pending", expect = Expect.ACCEPTABLE,
        desc = "It had opened; the next round has nobody yet.")
@Outcome(id = "pending, ready", expect = Expect.ACCEPTABLE,
        desc = "The arrival was taken back; one more opens it.")
@Outcome(expect = Expect.FORBIDDEN, desc = "An arrival was lost, or counted in the next round.")
@State
public class BarrierCancelStress {
    private final Barrier barrier = new Barrier(2);
    private final StressedWait gone = StressedWait.queued(barrier.waitForAll());
    private final StressedWait stays = new StressedWait(barrier.waitForAll());

    @Actor
    public void cancel() {
        gone.cancel();
    }

    @Actor
    public void arrive(LL_Result result) {
        result.r1 = stays.poll();
    }

    @Arbiter
    public void after(LL_Result result) {
        result.r2 = new StressedWait(barrier.waitForAll()).poll();
    }
}
