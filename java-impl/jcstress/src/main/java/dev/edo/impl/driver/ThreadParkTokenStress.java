package dev.edo.impl.driver;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;

/** The token of an earlier unpark is consumed while a new one is set, for something else. */
@JCStressTest
@Outcome(id = "1, .*", expect = Expect.ACCEPTABLE, desc = "It sees what the second one was for.")
@Outcome(id = "0, true", expect = Expect.ACCEPTABLE,
        desc = "It does not, but its next sleep will not last.")
@Outcome(id = "0, false", expect = Expect.FORBIDDEN,
        desc = "It consumed both tokens and sees only what the first one was for: it sleeps beside a task.")
@State
public class ThreadParkTokenStress {
    private final ThreadPark park = new ThreadPark();
    private int reason;

    public ThreadParkTokenStress() {
        park.unpark();
    }

    @Actor
    public void sleeper(IZ_Result result) {
        park.park(0);
        result.r1 = reason;
    }

    @Actor
    public void unparker() {
        reason = 1;
        park.unpark();
    }

    @Arbiter
    public void inTheEnd(IZ_Result result) {
        result.r2 = park.isNotified();
    }
}
