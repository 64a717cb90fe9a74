package dev.edo.impl.driver.io;

import dev.edo.future.Context;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A task polls while an event is published: it sees the event, or it is woken, or both. */
@JCStressTest
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "The poll saw the event.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "The task waited, and was woken.")
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "Both: one superfluous poll.")
@Outcome(id = "false, false", expect = Expect.FORBIDDEN,
        desc = "The task looked before the event was there, and the publisher looked for waiting bits, or the"
                + " driver for a waker, before they were there: the task sleeps for ever.")
@State
public class ScheduledIoWakeStress {
    private final StressedSlot stressed = new StressedSlot();
    private volatile boolean woken;
    private final Context cx = Context.of(() -> woken = true);

    @Actor
    public void driver() {
        stressed.turn(1);
    }

    @Actor
    public void task(ZZ_Result result) {
        result.r1 = stressed.poll(cx);
    }

    @Arbiter
    public void inTheEnd(ZZ_Result result) {
        result.r2 = woken;
    }
}
