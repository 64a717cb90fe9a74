package dev.edo.stream;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two branches push themselves at the same time. */
@JCStressTest
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "One wake-up for both, and both are polled.")
@Outcome(id = "2, 2", expect = Expect.FORBIDDEN, desc = "Only who finds the stack empty wakes.")
@Outcome(id = "0, .*", expect = Expect.FORBIDDEN, desc = "Nobody woke the task.")
@Outcome(id = ".*, [01]", expect = Expect.FORBIDDEN, desc = "A branch was lost.")
@State
public class StreamMapTwoWakersStress {
    private final StressedBranch first = new StressedBranch();
    private final StressedBranch second = new StressedBranch();
    private final StreamMap<Integer, Integer> map = new StreamMap<>();
    private final AtomicInteger wakes = new AtomicInteger();

    public StreamMapTwoWakersStress() {
        map.insert(1, first);
        map.insert(2, second);
        StressedBranch.poll(map, wakes::incrementAndGet);
    }

    @Actor
    public void one() {
        first.send();
    }

    @Actor
    public void two() {
        second.send();
    }

    @Arbiter
    public void inTheEnd(II_Result result) {
        result.r1 = wakes.get();
        while (StressedBranch.poll(map, () -> {}) == 1) {
            result.r2++;
        }
    }
}
