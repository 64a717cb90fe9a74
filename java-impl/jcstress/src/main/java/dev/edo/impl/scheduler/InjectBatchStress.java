package dev.edo.impl.scheduler;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LI_Result;

/** A chain of three arrives from a full local queue while another producer pushes one. */
@JCStressTest
@Outcome(id = "0123, 0", expect = Expect.ACCEPTABLE, desc = "The chain was first.")
@Outcome(id = "3012, 0", expect = Expect.ACCEPTABLE, desc = "The single item was first.")
@Outcome(id = ".*, [1-9]", expect = Expect.FORBIDDEN,
        desc = "An item is in no queue and nobody has it: a task that never runs again.")
@Outcome(id = ".*, 0", expect = Expect.FORBIDDEN,
        desc = "The single item is inside the chain: its links were overwritten.")
@State
public class InjectBatchStress {
    private final Inject inject = new Inject();
    private final StressItem[] items =
            {new StressItem(0), new StressItem(1), new StressItem(2), new StressItem(3)};

    @Actor
    public void overflow() {
        Inject.chain(items[0], items[1]);
        Inject.chain(items[1], items[2]);
        inject.pushBatch(items[0], items[2], 3);
    }

    @Actor
    public void producer() {
        inject.push(items[3]);
    }

    @Arbiter
    public void inTheEnd(LI_Result result) {
        var census = new Census(items.length);
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
