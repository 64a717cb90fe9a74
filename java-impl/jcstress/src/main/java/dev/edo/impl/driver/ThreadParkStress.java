package dev.edo.impl.driver;

import dev.edo.impl.scheduler.Rescue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;

/**
 * A thread sleeps until it sees why it was unparked, as a scheduler does; returns for no reason are
 * allowed.
 */
@JCStressTest
@Outcome(id = "1, true", expect = Expect.ACCEPTABLE, desc = "It saw the reason.")
@Outcome(id = "\\d, false", expect = Expect.FORBIDDEN,
        desc = "It sleeps for ever: the unparker took it for awake, or its token was dropped.")
@Outcome(id = "0, true", expect = Expect.FORBIDDEN, desc = "It cannot have returned.")
@State
public class ThreadParkStress {
    private final ThreadPark park = new ThreadPark();
    private final Rescue rescue = new Rescue();
    private volatile int reason;
    private volatile boolean rescued;

    @Actor
    public void sleeper(IZ_Result result) {
        while (reason == 0 && !rescued) {
            park.park(Park.FOREVER);
        }
        result.r1 = reason;
        rescue.returned();
    }

    @Actor
    public void unparker(IZ_Result result) {
        reason = 1;
        park.unpark();
        result.r2 = rescue.awaitReturn(() -> {
            rescued = true;
            park.unpark();
        });
    }
}
