package dev.edo.impl.time;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IJ_Result;

/**
 * The driver fires a timer while its owner moves the deadline away. Either the timer fired and its
 * waker was woken, and it waits for the next poll; or it is in the wheel with the new deadline and
 * the old waker.
 */
@JCStressTest
@Outcome(id = "1, -1", expect = ACCEPTABLE, desc = "fired before the reset")
@Outcome(id = "0, 655360", expect = ACCEPTABLE, desc = "moved before it fired")
@Outcome(id = "0, -1", expect = FORBIDDEN, desc = "neither woken nor registered: the task hangs")
@Outcome(expect = FORBIDDEN, desc = "fired and still registered, or with the wrong deadline")
@State
public class FireVsResetTest {
    private final TimeDriver driver = StressTimer.driver(new StressPark());
    private final StressTimer timer = new StressTimer(driver, StressTimer.OWN);
    private int wakes;

    public FireVsResetTest() {
        timer.poll(() -> wakes++);
    }

    @Actor
    public void fire() {
        driver.shard(StressTimer.OWN).fire(StressTimer.DUE, false);
    }

    @Actor
    public void reset() {
        timer.moveTo(10L << Wheel.TICK_SHIFT);
    }

    @Arbiter
    public void after(IJ_Result r) {
        r.r1 = wakes;
        r.r2 = driver.nanosToNext(StressTimer.OWN);
    }
}
