package dev.edo.impl.scheduler;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Two producers push at once: the second swaps the tail before the first has linked its predecessor. */
@JCStressTest
@Outcome(id = "0, 0, 0", expect = Expect.ACCEPTABLE, desc = "Both items are there once.")
@Outcome(id = "[1-9], \\d, \\d", expect = Expect.FORBIDDEN,
        desc = "An item is in no queue and nobody has it: a task that never runs again.")
@Outcome(id = "0, [1-9], \\d", expect = Expect.FORBIDDEN,
        desc = "An item came out twice: one task runs on two workers at once.")
@Outcome(id = "0, 0, .*", expect = Expect.FORBIDDEN,
        desc = "The size is not that of the empty queue: later pops miss an item, or workers look for one"
                + " that is not there.")
@State
public class InjectProducersStress {
    private final Inject inject = new Inject();
    private final StressItem[] items =
            {new StressItem(0), new StressItem(1), new StressItem(2), new StressItem(3)};

    @Actor
    public void producer() {
        inject.push(items[0]);
        inject.push(items[1]);
    }

    @Actor
    public void otherProducer() {
        inject.push(items[2]);
        inject.push(items[3]);
    }

    @Arbiter
    public void inTheEnd(III_Result result) {
        var census = new Census(items.length);
        drain(census);
        result.r1 = Census.lost(census);
        result.r2 = Census.twice(census);
        result.r3 = inject.size();
    }

    private void drain(Census census) {
        while (census.add(inject.pop())) {
            continue;
        }
    }
}
