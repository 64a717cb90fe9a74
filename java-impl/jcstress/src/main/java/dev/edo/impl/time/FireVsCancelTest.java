package dev.edo.impl.time;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZI_Result;

/**
 * The driver fires a timer while its owner cancels it: one of them takes it off the wheel, once.
 */
@JCStressTest
@Outcome(id = "1, true, 1", expect = ACCEPTABLE, desc = "fired before the cancel")
@Outcome(id = "0, true, 0", expect = ACCEPTABLE, desc = "cancelled before it fired")
@Outcome(id = ".*, false, .*", expect = FORBIDDEN, desc = "a cancelled timer stays in the wheel: a leak")
@Outcome(expect = FORBIDDEN, desc = "woken although nothing fired, or not although it did")
@State
public class FireVsCancelTest {
    private final TimeDriver driver = StressTimer.driver(new StressPark());
    private final StressTimer timer = new StressTimer(driver, StressTimer.OWN);
    private int wakes;

    public FireVsCancelTest() {
        timer.poll(() -> wakes++);
    }

    @Actor
    public void fire(IZI_Result r) {
        r.r1 = driver.shard(StressTimer.OWN).fire(StressTimer.DUE, false);
    }

    @Actor
    public void cancel() {
        timer.giveUp();
    }

    @Arbiter
    public void after(IZI_Result r) {
        r.r2 = driver.shard(StressTimer.OWN).nextVolatile() == Wheel.NEVER;
        r.r3 = wakes;
    }
}
