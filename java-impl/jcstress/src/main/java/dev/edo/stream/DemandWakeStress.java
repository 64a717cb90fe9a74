package dev.edo.stream;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A subscriber requests while the publishing task is about to wait for that. */
@JCStressTest
@Outcome(id = "true, .*", expect = Expect.ACCEPTABLE, desc = "The task saw the request.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "It did not, but was woken.")
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "The request woke nobody.")
@State
public class DemandWakeStress {
    private final Demand demand = new Demand();
    private volatile boolean woken;

    @Actor
    public void subscriber() {
        demand.request(1);
    }

    @Actor
    public void task(ZZ_Result result) {
        demand.setWaker(() -> woken = true);
        result.r1 = demand.exceeds(0);
    }

    @Arbiter
    public void inTheEnd(ZZ_Result result) {
        result.r2 = woken;
    }
}
