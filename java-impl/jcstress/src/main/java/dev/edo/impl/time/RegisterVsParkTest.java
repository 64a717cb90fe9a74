package dev.edo.impl.time;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.edo.impl.driver.Park;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A thread outside the workers registers a timer while the driver goes to sleep without limit. Both
 * write, then read: next deadline and sleepingUntil here, sleepingUntil and next deadline there.
 * With anything weaker than volatile both could read the old value. The sleep lasts until the
 * registration is over, for a sleeper that woke for another reason looks again by itself.
 */
@JCStressTest
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "sleeps until the timer")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "sleeps without limit, and is unparked")
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "sleeps until the timer, unparked to no purpose")
@Outcome(id = "false, false", expect = FORBIDDEN, desc = "sleeps through the timer")
@State
public class RegisterVsParkTest {
    private final StressPark park = new StressPark();
    private final TimeDriver driver = StressTimer.driver(park);
    private final StressTimer timer = new StressTimer(driver, StressTimer.SHARED);

    @Actor
    public void register() {
        timer.poll(() -> {});
        park.mayReturn = true;
    }

    @Actor
    public void park() {
        driver.park(Park.FOREVER);
    }

    @Arbiter
    public void after(ZZ_Result r) {
        r.r1 = park.timeoutNanos != Park.FOREVER;
        r.r2 = park.unparked;
    }
}
