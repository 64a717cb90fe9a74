package dev.edo.impl.driver.io;

import dev.edo.future.Context;
import dev.edo.impl.natives.SlotLayout;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A task polls and clears while its registration is closed, the slot freed, handed to a new owner,
 * and an event published for that one. First value: the new owner's event is still there. Second:
 * the old task ended up with an answer or a wake-up.
 */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "Neither disturbs the other.")
@Outcome(id = "false, .*", expect = Expect.FORBIDDEN,
        desc = "The old owner cleared an event of the new one, whose task sleeps for ever.")
@Outcome(id = "true, false", expect = Expect.FORBIDDEN,
        desc = "The old task neither saw that its registration is closed nor was woken by it.")
@State
public class SlotReuseStress {
    private final StressedSlot stressed = new StressedSlot();
    private final ClosedSelector kernel = new ClosedSelector();
    private final long oldEvent;
    private volatile boolean woken;
    private volatile boolean answered;
    private final Context cx = Context.of(() -> woken = true);

    public SlotReuseStress() {
        stressed.publish(1);
        oldEvent = stressed.io.readyEvent(StressedSlot.R);
    }

    @Actor
    public void oldOwner() {
        stressed.io.clearReadiness(oldEvent, StressedSlot.R);
        long event = stressed.io.pollReadiness(cx, ReadyMask.READ, Direction.READ);
        answered = event != ReadinessWord.PENDING;
        if (event >= 0) {
            stressed.io.clearReadiness(event, StressedSlot.R);
        }
    }

    @Actor
    public void closerAndDriver() {
        stressed.io.close(kernel);
        stressed.io.wakeClosed();
        stressed.region.free(stressed.slot);
        stressed.region.allocate(2, StressedSlot.R);
        stressed.publish(2);
    }

    @Arbiter
    public void inTheEnd(ZZ_Result result) {
        long word = stressed.region.readinessVolatile(stressed.slot);
        result.r1 = word == SlotLayout.pack(2, StressedSlot.R);
        result.r2 = answered || woken;
    }
}
