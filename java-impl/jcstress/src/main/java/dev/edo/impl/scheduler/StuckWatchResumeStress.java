package dev.edo.impl.scheduler;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/**
 * A hand-over is pending and nobody drives the scheduler, so the watch goes to sleep. At this moment somebody begins to
 * drive it, and resumes the watch, unless that looks armed still.
 */
@JCStressTest
@Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "One of the two has seen the other.")
@Outcome(id = "false", expect = Expect.FORBIDDEN,
        desc = "The watch sleeps although there are carriers, and a hand-over that they may be stuck behind.")
@State
public class StuckWatchResumeStress {
    private final StressedWatch stressed = new StressedWatch(false);

    public StuckWatchResumeStress() {
        stressed.watch.handOverQueued();
    }

    @Actor
    public void driver() {
        stressed.driven = true;
        stressed.watch.resume();
    }

    @Actor
    public void watch() {
        stressed.watch.disarm();
    }

    @Arbiter
    public void inTheEnd(Z_Result result) {
        result.r1 = stressed.watch.isArmed();
    }
}
