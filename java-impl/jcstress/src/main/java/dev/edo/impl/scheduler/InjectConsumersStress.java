package dev.edo.impl.scheduler;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Two consumers take at once; the one that finds the other at it goes away. */
@JCStressTest
@Outcome(id = "0, 0, 0", expect = Expect.ACCEPTABLE, desc = "Each item was taken once, or is left.")
@Outcome(id = "[1-9], \\d, \\d", expect = Expect.FORBIDDEN,
        desc = "An item is in no queue and nobody has it: a task that never runs again.")
@Outcome(id = "0, [1-9], \\d", expect = Expect.FORBIDDEN,
        desc = "An item came out twice: one task runs on two workers at once.")
@Outcome(id = "0, 0, .*", expect = Expect.FORBIDDEN, desc = "The size drifts.")
@State
public class InjectConsumersStress {
    private final Inject inject = new Inject();
    private final StressItem[] items = {new StressItem(0), new StressItem(1), new StressItem(2)};

    private final Census byOne = new Census(3);
    private final Census byOther = new Census(3);

    public InjectConsumersStress() {
        for (var item : items) {
            inject.push(item);
        }
    }

    @Actor
    public void consumer() {
        byOne.add(inject.pop());
        byOne.add(inject.pop());
    }

    @Actor
    public void otherConsumer() {
        byOther.add(inject.popBatch(2, byOther::add));
    }

    @Arbiter
    public void inTheEnd(III_Result result) {
        var rest = new Census(3);
        drain(rest);
        result.r1 = Census.lost(byOne, byOther, rest);
        result.r2 = Census.twice(byOne, byOther, rest);
        result.r3 = inject.size();
    }

    private void drain(Census census) {
        while (census.add(inject.pop())) {
            continue;
        }
    }
}
