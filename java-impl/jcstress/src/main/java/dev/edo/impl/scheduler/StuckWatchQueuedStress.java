package dev.edo.impl.scheduler;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/**
 * The last hand-over has started, and the watch goes to sleep. At this moment the JDK makes the next virtual thread
 * runnable: it arms the watch, unless that looks armed still, and then the watch must see it before it sleeps.
 */
@JCStressTest
@Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "One of the two has seen the other.")
@Outcome(id = "false", expect = Expect.FORBIDDEN,
        desc = "The watch sleeps over a hand-over: where all carriers wait behind it, they wait for ever.")
@State
public class StuckWatchQueuedStress {
    private final StuckWatch watch = new StressedWatch(true).watch;

    public StuckWatchQueuedStress() {
        watch.handOverQueued();
        watch.handOverStarted();
    }

    @Actor
    public void unparker() {
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
