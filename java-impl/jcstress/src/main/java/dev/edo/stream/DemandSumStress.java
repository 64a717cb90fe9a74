package dev.edo.stream;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;

/** Two threads of a subscriber request; the task waits. */
@JCStressTest
@Outcome(id = "5, true", expect = Expect.ACCEPTABLE, desc = "Both requests count.")
@Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "One request was lost in the other, or woke nobody.")
@State
public class DemandSumStress {
    private final Demand demand = new Demand();
    private volatile boolean woken;

    public DemandSumStress() {
        demand.setWaker(() -> woken = true);
    }

    @Actor
    public void one() {
        demand.request(2);
    }

    @Actor
    public void another() {
        demand.request(3);
    }

    @Arbiter
    public void inTheEnd(IZ_Result result) {
        while (demand.exceeds(result.r1)) {
            result.r1++;
        }
        result.r2 = woken;
    }
}
