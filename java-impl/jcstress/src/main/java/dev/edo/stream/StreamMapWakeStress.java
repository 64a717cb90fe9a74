package dev.edo.stream;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;

/** A branch that waits is woken while the map is polled by another task than before. */
@JCStressTest
@Outcome(id = "1, .*", expect = Expect.ACCEPTABLE,
        desc = "The poll has the element; a wake-up besides costs one superfluous poll.")
@Outcome(id = "-1, true", expect = Expect.ACCEPTABLE, desc = "The poll waited, and the task was woken.")
@Outcome(id = "-1, false", expect = Expect.FORBIDDEN,
        desc = "The poll did not see the branch, and the branch did not see the task's waker.")
@State
public class StreamMapWakeStress {
    private final StressedBranch branch = new StressedBranch();
    private final StreamMap<Integer, Integer> map = new StreamMap<>();
    private volatile boolean woken;

    public StreamMapWakeStress() {
        map.insert(0, new PendingStream<>());
        map.insert(1, branch);
        StressedBranch.poll(map, () -> {});
    }

    @Actor
    public void producer() {
        branch.send();
    }

    @Actor
    public void poller(IZ_Result result) {
        result.r1 = StressedBranch.poll(map, () -> woken = true);
    }

    @Arbiter
    public void inTheEnd(IZ_Result result) {
        result.r2 = woken;
    }
}
