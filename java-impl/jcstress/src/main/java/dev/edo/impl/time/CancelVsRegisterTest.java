package dev.edo.impl.time;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A worker registers a timer in its shard while another thread cancels one that lies in the same
 * slot, and the driver fires later: the links of the slot's ring stay whole.
 */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "the registered timer fired, the cancelled one did not")
@Outcome(expect = FORBIDDEN, desc = "a timer was lost from the ring, or fired after its cancel")
@State
public class CancelVsRegisterTest {
    private final TimeDriver driver = StressTimer.driver(new StressPark());
    private final StressTimer cancelled = new StressTimer(driver, StressTimer.OWN);
    private final StressTimer registered = new StressTimer(driver, StressTimer.OWN);
    private int wakes;

    public CancelVsRegisterTest() {
        cancelled.poll(() -> wakes += 100);
    }

    @Actor
    public void cancel() {
        cancelled.giveUp();
    }

    @Actor
    public void register() {
        registered.poll(() -> wakes++);
    }

    @Arbiter
    public void after(II_Result r) {
        r.r1 = driver.shard(StressTimer.OWN).fire(StressTimer.DUE, false);
        r.r2 = wakes;
    }
}
