package dev.edo.impl.time;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZII_Result;

/** The driver fires a timer while its owner, by now another task, polls it with another waker. */
@JCStressTest
@Outcome(id = "false, 0, 1", expect = ACCEPTABLE, desc = "the new waker was in place, and woken")
@Outcome(id = "true, 1, 0", expect = ACCEPTABLE, desc = "fired before; the poll saw it")
@Outcome(id = "false, .*, 0", expect = FORBIDDEN, desc = "pending, new waker lost: the task hangs")
@Outcome(expect = FORBIDDEN, desc = "both woken, or none")
@State
public class FireVsPollWithNewWakerTest {
    private final TimeDriver driver = StressTimer.driver(new StressPark());
    private final StressTimer timer = new StressTimer(driver, StressTimer.OWN);
    private int oldWakes;
    private int newWakes;

    public FireVsPollWithNewWakerTest() {
        timer.poll(() -> oldWakes++);
    }

    @Actor
    public void fire() {
        driver.shard(StressTimer.OWN).fire(StressTimer.DUE, false);
    }

    @Actor
    public void poll(ZII_Result r) {
        r.r1 = timer.poll(() -> newWakes++);
    }

    @Arbiter
    public void after(ZII_Result r) {
        r.r2 = oldWakes;
        r.r3 = newWakes;
    }
}
