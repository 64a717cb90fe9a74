package dev.edo.impl.time;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.edo.future.Waker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** The driver fires a timer while its owner polls it again without taking the lock. */
@JCStressTest
@Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "pending, and woken")
@Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "the poll saw that it fired")
@Outcome(id = "false, 0", expect = FORBIDDEN, desc = "pending and never woken: the task hangs")
@Outcome(expect = FORBIDDEN, desc = "woken more than once, or ready without having fired")
@State
public class FireVsPollWithSameWakerTest {
    private final TimeDriver driver = StressTimer.driver(new StressPark());
    private final StressTimer timer = new StressTimer(driver, StressTimer.OWN);
    private int wakes;
    private final Waker waker = () -> wakes++;

    public FireVsPollWithSameWakerTest() {
        timer.poll(waker);
    }

    @Actor
    public void fire() {
        driver.shard(StressTimer.OWN).fire(StressTimer.DUE, false);
    }

    @Actor
    public void poll(ZI_Result r) {
        r.r1 = timer.poll(waker);
    }

    @Arbiter
    public void after(ZI_Result r) {
        r.r2 = wakes;
    }
}
