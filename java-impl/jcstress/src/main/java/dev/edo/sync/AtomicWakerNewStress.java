package dev.edo.sync;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** The waiter has become another task and registers that, while somebody makes a change and wakes. */
@JCStressTest
@Outcome(id = "1, [01], [01]", expect = Expect.ACCEPTABLE, desc = "It saw the change.")
@Outcome(id = "0, 0, 1", expect = Expect.ACCEPTABLE, desc = "The new task waits, and was woken.")
@Outcome(id = "0, ., 0", expect = Expect.FORBIDDEN, desc = "The new task sleeps over the change.")
@Outcome(expect = Expect.FORBIDDEN, desc = "One change woke both.")
@State
public class AtomicWakerNewStress {
    private final AtomicWaker place = new AtomicWaker();
    private int change;
    private int oldWakes;
    private int newWakes;

    public AtomicWakerNewStress() {
        place.register(() -> oldWakes++);
    }

    @Actor
    public void waiter(III_Result result) {
        place.register(() -> newWakes++);
        result.r1 = change;
    }

    @Actor
    public void waker() {
        change = 1;
        place.wake();
    }

    @Arbiter
    public void inTheEnd(III_Result result) {
        result.r2 = oldWakes;
        result.r3 = newWakes;
    }
}
