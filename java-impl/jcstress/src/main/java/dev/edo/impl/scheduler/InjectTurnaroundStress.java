package dev.edo.impl.scheduler;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * The consumer takes items and pushes them again at once, as a task that yields does, while another
 * producer pushes.
 */
@JCStressTest
@Outcome(id = "0, 0, 0", expect = Expect.ACCEPTABLE, desc = "Each item is there once.")
@Outcome(id = "[1-9], \\d, \\d", expect = Expect.FORBIDDEN,
        desc = "An item is gone: a node was queued again while a producer still had to link it as its"
                + " predecessor.")
@Outcome(id = "0, [1-9], \\d", expect = Expect.FORBIDDEN,
        desc = "An item came out twice: one task runs on two workers at once.")
@Outcome(id = "0, 0, .*", expect = Expect.FORBIDDEN, desc = "The size drifts.")
@State
public class InjectTurnaroundStress {
    private final Inject inject = new Inject();
    private final StressItem[] items = {new StressItem(0), new StressItem(1), new StressItem(2)};

    public InjectTurnaroundStress() {
        inject.push(items[0]);
    }

    @Actor
    public void consumer() {
        for (int i = 0; i < 3; i++) {
            var item = inject.pop();
            if (item != null) {
                inject.push(item);
            }
        }
    }

    @Actor
    public void producer() {
        inject.push(items[1]);
        inject.push(items[2]);
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
