package dev.edo.sync;

import dev.edo.future.Waker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;

/**
 * A waiter that runs again registers the waker that is there already, so that nothing is stored,
 * while somebody wakes first for nothing and then for a change.
 */
@JCStressTest
@Outcome(id = "1, .*", expect = Expect.ACCEPTABLE, desc = "It saw the change.")
@Outcome(id = "0, true", expect = Expect.ACCEPTABLE, desc = "It waits, and was woken since it began to run.")
@Outcome(id = "0, false", expect = Expect.FORBIDDEN, desc = "It sleeps over the change.")
@State
public class AtomicWakerAgainStress {
    private final AtomicWaker place = new AtomicWaker();
    private volatile boolean woken;
    private final Waker waker = () -> woken = true;
    private int change;

    public AtomicWakerAgainStress() {
        place.register(waker);
    }

    @Actor
    public void waiter(IZ_Result result) {
        woken = false;
        place.register(waker);
        result.r1 = change;
    }

    @Actor
    public void waker() {
        place.wake();
        change = 1;
        place.wake();
    }

    @Arbiter
    public void inTheEnd(IZ_Result result) {
        result.r2 = woken;
    }
}
