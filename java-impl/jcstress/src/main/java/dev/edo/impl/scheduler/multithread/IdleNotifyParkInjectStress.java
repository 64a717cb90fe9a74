package dev.edo.impl.scheduler.multithread;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A task is pushed to the inject queue while the last searcher gives up and goes to sleep. */
@JCStressTest
@Outcome(id = "0, -1", expect = Expect.ACCEPTABLE, desc = "The notifier saw the sleeper.")
@Outcome(id = "-1, 0", expect = Expect.ACCEPTABLE, desc = "The searcher saw the task on its second look.")
@Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = "Both woke the same worker.")
@Outcome(id = "-1, -1", expect = Expect.FORBIDDEN,
        desc = "The task is queued and nobody was woken, neither by the notifier, who saw a searcher, nor by"
                + " the searcher, who saw no task: the task waits although a worker sleeps.")
@State
public class IdleNotifyParkInjectStress {
    private final StressedIdle workers = new StressedIdle(2);

    public IdleNotifyParkInjectStress() {
        workers.idle.startSearching(); // worker 0
    }

    @Actor
    public void notifier(II_Result result) {
        workers.pushInject();
        result.r1 = workers.notifyParkedOfPushed();
    }

    @Actor
    public void searcher(II_Result result) {
        result.r2 = workers.park(0, true);
    }
}
