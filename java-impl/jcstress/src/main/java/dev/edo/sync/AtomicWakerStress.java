package dev.edo.sync;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A waiter registers and looks again, while somebody makes a change, by a plain write, and wakes. */
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "It saw the change, and nobody saw it.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "It saw the change, and was woken for it.")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "It waits, and was woken.")
@Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = "It sleeps over the change.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Woken twice for one registration.")
@State
public class AtomicWakerStress {
    private final AtomicWaker place = new AtomicWaker();
    private int change;
    private int wakes;

    @Actor
    public void waiter(II_Result result) {
        place.register(() -> wakes++);
        result.r1 = change;
    }

    @Actor
    public void waker() {
        change = 1;
        place.wake();
    }

    @Arbiter
    public void inTheEnd(II_Result result) {
        result.r2 = wakes;
    }
}
