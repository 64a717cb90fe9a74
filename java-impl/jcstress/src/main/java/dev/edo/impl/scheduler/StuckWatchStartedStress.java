package dev.edo.impl.scheduler;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/**
 * A carrier starts the hand-over that the watch looks after, and what it runs makes the next virtual thread runnable,
 * while the watch goes to sleep: it reads two counts that both grow, and must not take the first hand-over's start for
 * that of the second.
 */
@JCStressTest
@Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "The watch looks after the second one.")
@Outcome(id = "false", expect = Expect.FORBIDDEN,
        desc = "The watch has counted too few as pending, and sleeps over the second one.")
@State
public class StuckWatchStartedStress {
    private final StuckWatch watch = new StressedWatch(true).watch;

    public StuckWatchStartedStress() {
        watch.handOverQueued();
    }

    @Actor
    public void carrier() {
        watch.handOverStarted();
        watch.handOverQueued();
    }

    @Actor
    public void watch() {
        watch.disarm();
    }

    @Arbiter
    public void inTheEnd(Z_Result result) {
        result.r1 = watch.isArmed();
    }
}
