package dev.edo.impl.scheduler;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LI_Result;

/** A producer pushes three items while the consumer takes what is there. */
@JCStressTest
@Outcome(id = "012, 0", expect = Expect.ACCEPTABLE, desc = "In order.")
@Outcome(id = ".*, [1-9]", expect = Expect.FORBIDDEN,
        desc = "An item is in no queue and nobody has it: a task that never runs again.")
@Outcome(id = ".*, 0", expect = Expect.FORBIDDEN,
        desc = "A later item of one producer overtook an earlier one: what was scheduled first does not run"
                + " first.")
@State
public class InjectOrderStress {
    private final Inject inject = new Inject();
    private final StressItem[] items = {new StressItem(0), new StressItem(1), new StressItem(2)};

    private final Census census = new Census(3);

    @Actor
    public void producer() {
        for (var item : items) {
            inject.push(item);
        }
    }

    @Actor
    public void consumer() {
        census.add(inject.pop());
        census.add(inject.pop());
        census.add(inject.pop());
    }

    @Arbiter
    public void inTheEnd(LI_Result result) {
        drain(census);
        result.r1 = census.order();
        result.r2 = Census.lost(census);
    }

    private void drain(Census census) {
        while (census.add(inject.pop())) {
            continue;
        }
    }
}
