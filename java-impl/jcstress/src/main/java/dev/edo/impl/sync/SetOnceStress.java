package dev.edo.impl.sync;

import dev.edo.sync.SetOnce;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZI_Result;

/**
 * Two set, one of which has begun to wait before: one of them wins, and the waiter is ready or
 * woken.
 */
@JCStressTest
@Outcome(id = "ready, false, 1", expect = Expect.ACCEPTABLE, desc = "Set before the poll.")
@Outcome(id = "pending, true, 1", expect = Expect.ACCEPTABLE,
        desc = "Set after it; the waiter was woken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Set twice or never, or a lost wake-up.")
@State
public class SetOnceStress {
    private final SetOnce<Integer> cell = new SetOnce<>();
    private final StressedWait wait = new StressedWait(cell.waitForValue());
    private volatile boolean firstWon;
    private volatile boolean secondWon;

    @Actor
    public void waitsAndSets(LZI_Result result) {
        result.r1 = wait.poll();
        secondWon = cell.set(2);
    }

    @Actor
    public void sets() {
        firstWon = cell.set(1);
    }

    @Arbiter
    public void after(LZI_Result result) {
        result.r2 = wait.woken();
        result.r3 = (firstWon ? 1 : 0) + (secondWon ? 1 : 0);
    }
}
