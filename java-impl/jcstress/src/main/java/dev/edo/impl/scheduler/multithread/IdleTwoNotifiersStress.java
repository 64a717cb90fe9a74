package dev.edo.impl.scheduler.multithread;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Two tasks arrive while two workers sleep. */
@JCStressTest
@Outcome(id = {"0, -1, 1", "-1, 0, 1", "1, -1, 1", "-1, 1, 1"}, expect = Expect.ACCEPTABLE,
        desc = "One is woken and, as a searcher, wakes the other when it has found a task.")
@Outcome(id = "-1, -1, .*", expect = Expect.FORBIDDEN, desc = "Each relied on the other: nobody is woken.")
@Outcome(id = ".*, .*, .*", expect = Expect.FORBIDDEN,
        desc = "Two were woken, or one twice, or the count of searchers is wrong.")
@State
public class IdleTwoNotifiersStress {
    private final StressedIdle workers = new StressedIdle(2);

    public IdleTwoNotifiersStress() {
        workers.idle.park(0, false);
        workers.idle.park(1, false);
    }

    @Actor
    public void notifier(III_Result result) {
        workers.pushInject();
        result.r1 = workers.notifyParkedOfPushed();
    }

    @Actor
    public void otherNotifier(III_Result result) {
        workers.pushInjectToo();
        result.r2 = workers.notifyParkedOfPushed();
    }

    @Arbiter
    public void inTheEnd(III_Result result) {
        result.r3 = workers.idle.searchingCount();
    }
}
