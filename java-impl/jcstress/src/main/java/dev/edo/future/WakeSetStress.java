package dev.edo.future;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;

/** A branch is woken while the whole is polled by another task than before. First value: the branch to be polled. */
@JCStressTest
@Outcome(id = "0, .*", expect = Expect.ACCEPTABLE,
        desc = "The poll has the branch; a wake-up besides costs one superfluous poll.")
@Outcome(id = "-1, true", expect = Expect.ACCEPTABLE, desc = "The poll found no branch, and the task was woken.")
@Outcome(id = "-1, false", expect = Expect.FORBIDDEN,
        desc = "The poll did not see the branch, and the branch did not see the task's waker.")
@Outcome(id = "1, .*", expect = Expect.FORBIDDEN, desc = "A branch that nobody woke.")
@State
public class WakeSetStress {
    private final WakeSet set = new WakeSet(2);
    private final Waker ofTheFirst;
    private volatile boolean woken;

    public WakeSetStress() {
        set.begin(Context.of(() -> {}), 0);
        set.next();
        ofTheFirst = set.waker();
        while (set.next() >= 0) {
            // each branch is polled once, to begin with
        }
    }

    @Actor
    public void waker() {
        ofTheFirst.wake();
    }

    @Actor
    public void poller(IZ_Result result) {
        set.begin(Context.of(() -> woken = true), 0);
        result.r1 = set.next();
    }

    @Arbiter
    public void inTheEnd(IZ_Result result) {
        result.r2 = woken;
    }
}
