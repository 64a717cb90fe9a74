package dev.edo.impl.scheduler.multithread;

import dev.edo.impl.scheduler.JobsUnderWay;
import dev.edo.impl.scheduler.Rescue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;

/** A worker sleeps in the driver while it is unparked because of what was written before. */
@JCStressTest
@Outcome(id = "1, true", expect = Expect.ACCEPTABLE,
        desc = "It woke, or did not fall asleep, and sees why.")
@Outcome(id = "0, true", expect = Expect.FORBIDDEN,
        desc = "It consumed the notification and does not see what it was for: it would go to sleep again"
                + " beside a task.")
@Outcome(id = "\\d, false", expect = Expect.FORBIDDEN,
        desc = "It slept on: the unparker took it for awake, and it took itself for not notified.")
@State
public class ParkerDriverStress {
    private final TokenPark driver = new TokenPark();
    private final DriverLock lock = new DriverLock(driver);
    private final Parker parker = new Parker(lock, null, 0, new JobsUnderWay());
    private final Rescue rescue = new Rescue();
    private int reason;

    @Actor
    public void worker(IZ_Result result) {
        parker.park();
        result.r1 = reason;
        rescue.returned();
    }

    @Actor
    public void unparker(IZ_Result result) {
        reason = 1;
        parker.unpark();
        result.r2 = rescue.awaitReturn(() -> {
            driver.unpark();
            parker.unpark();
        });
    }
}
