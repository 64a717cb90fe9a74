package dev.edo.impl.scheduler.multithread;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Worker 1 searches, so worker 0 may not and goes to sleep without a second look. Meanwhile worker 1 finds
 * a task, which queues another one and then runs for long.
 */
@JCStressTest
@Outcome(id = "0, -1", expect = Expect.ACCEPTABLE, desc = "Worker 1 saw worker 0 sleep and woke it.")
@Outcome(id = "-1, 0", expect = Expect.ACCEPTABLE, desc = "Worker 0 saw the task.")
@Outcome(id = "-1, -1", expect = Expect.FORBIDDEN,
        desc = "Worker 0 relied on the search of worker 1, which was over: the second task waits for the end"
                + " of the first although a worker sleeps.")
@Outcome(expect = Expect.FORBIDDEN, desc = "One of them was woken twice, or worker 1 while it is running.")
@State
public class IdleRefusedSearcherStress {
    private final StressedIdle workers = new StressedIdle(2);

    public IdleRefusedSearcherStress() {
        workers.idle.startSearching(); // worker 1
    }

    @Actor
    public void worker1(II_Result result) {
        workers.stopSearching();
        workers.pushLocal();
        result.r1 = workers.notifyParked();
    }

    @Actor
    public void worker0(II_Result result) {
        result.r2 = workers.park(0, workers.idle.startSearching());
    }
}
